using System.Globalization;
using System.Text;
using NUnit.Framework;
using UsageReporting.Core.Consent;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Consent;

/// <summary>
/// Every combination of what the sources say, what is recorded and how the application asks: real files and variables on
/// one side, the rule as a person would tell it on the other.
/// </summary>
public sealed class ConsentMatrixTests
{
    private const string Policy = "/etc/usage-reporting.d/policy.json";
    private const string Kill = "/usr/lib/app/usage-reporting.off";
    private const string Settings = "/etc/xdg/paperless-ngx/usage";
    private const string Switch = "PAPERLESS_NGX_USAGE_REPORTING";

    private static readonly (string Name, string? File, string Text, ConsentState? Says)[] Files =
    [
        ("no file", null, "", null),
        ("policy off", Policy, """{"reporting":"off"}""", ConsentState.Off),
        ("policy local", Policy, """{"reporting":"local","products":["gimp","paperless-ngx"]}""", ConsentState.Local),
        ("policy unreadable", Policy, """{"reporting":"of""", ConsentState.Off),
        ("kill file", Kill, "", ConsentState.Off),
    ];

    // What stands for a variable may also stand in the settings file.
    private static readonly (string Name, string? Variable, string Value, ConsentState? Says)[] Switches =
    [
        ("no switch", null, "", null),
        ("`DO_NOT_TRACK=1`", "DO_NOT_TRACK", "1", ConsentState.Off),
        ($"`{Switch}=local`", Switch, "local", ConsentState.Local),
        ($"`{Switch}=debug`", Switch, "debug", ConsentState.Local),
        ($"`{Switch}=of`", Switch, "of", ConsentState.Off),
        ("a line `disable=1`", Settings, "disable=1", ConsentState.Off),
    ];

    private static readonly (string Name, bool IsAutomated, bool IsExplicit)[] Circumstances =
    [
        ("a person", false, false),
        ("automation", true, false),
        ("automation, explicitly", true, true),
    ];

    private static readonly (string Name, ConsentState? Says)[] Records =
    [
        ("nothing recorded", null),
        ("no", ConsentState.Off),
        ("local", ConsentState.Local),
        ("yes", ConsentState.On),
        ("yes that ended", null),
        ("damaged yes", null),
        ("choice unreadable", ConsentState.Off),
        ("a notice was seen", null),
    ];

    private static IEnumerable<ConsentMode> Modes => Enum.GetValues<ConsentMode>();

    [Test]
    public async Task DecideAsync_EveryCombination_IsAsTheRuleSays()
    {
        int rows = 0;
        List<string> wrong = [];
        foreach (ConsentMode mode in Modes)
        {
            foreach (var record in Records)
            {
                using World world = new(mode);
                await world.RecordAsync(record.Name);
                // What a file adds to a choice that is off, the rows of "no" show.
                foreach (var file in record.Name == "choice unreadable" ? Files[..1] : Files)
                {
                    foreach (var @switch in Switches)
                    {
                        foreach (var circumstance in Circumstances)
                        {
                            world.Set(file.File, file.Text, @switch.Variable, @switch.Value, circumstance.IsAutomated);
                            ConsentDecision decision = await world.Gate.DecideAsync(circumstance.IsExplicit);
                            ConsentState expected = Expected(
                                mode,
                                record.Name,
                                [
                                    file.Says,
                                    @switch.Says,
                                    circumstance is { IsAutomated: true, IsExplicit: false } ? ConsentState.Off : null,
                                    record.Says,
                                ]);
                            rows++;
                            if (decision.State != expected || decision.Because.Length == 0)
                            {
                                wrong.Add($"{mode}, {record.Name}, {file.Name}, {@switch.Name}, {circumstance.Name}: "
                                    + $"{decision} instead of {expected}");
                            }
                        }
                    }
                }
            }
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(rows, Is.EqualTo(3 * ((7 * 5) + 1) * 6 * 3).And.LessThan(2_000));
    }

    [Test]
    public async Task Documentation_OfConsent_HoldsTheTable()
    {
        StringBuilder table = new("| what says so, alone | `AskEachTime` | `OptIn` | `OptOut` | because |\n|---|---|---|---|---|\n");
        foreach (var file in Files.Where(file => file.Says is not null))
        {
            await AppendAsync(file.Name, world => world.Set(file.File, file.Text, null, "", false));
        }

        foreach (var @switch in Switches.Where(@switch => @switch.Says is not null))
        {
            await AppendAsync(@switch.Name, world => world.Set(null, "", @switch.Variable, @switch.Value, false));
        }

        await AppendAsync("automation", world => world.Set(null, "", null, "", true));
        foreach (var record in Records)
        {
            await AppendAsync(record.Name, world => world.RecordAsync(record.Name).GetAwaiter().GetResult());
        }

        Assert.That(
            await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "consent.md")), Does.Contain(table.ToString()));

        async Task AppendAsync(string name, Action<World> set)
        {
            ConsentDecision[] decisions = new ConsentDecision[3];
            foreach (ConsentMode mode in Modes)
            {
                using World world = new(mode);
                set(world);
                ConsentDecision decision = await world.Gate.DecideAsync(isExplicit: false);
                decisions[(int)mode] = decision with
                {
                    Because = decision.Because.Replace(world.Folder, "~/.local/state/paperless-ngx", StringComparison.Ordinal),
                };
            }

            table.Append(CultureInfo.InvariantCulture, $"| {name} | {decisions[0].State} | {decisions[1].State} | {decisions[2].State} | ")
                .AppendJoin("; ", decisions.Select(decision => decision.Because).Distinct()).Append(" |\n");
        }
    }

    // Any off wins, then anything that keeps it here; a yes counts where it is asked for, a notice where it is on by
    // default, and else somebody is asked.
    private static ConsentState Expected(ConsentMode mode, string record, ConsentState?[] says) =>
        says.Contains(ConsentState.Off) ? ConsentState.Off
        : says.Contains(ConsentState.Local) ? ConsentState.Local
        : mode != ConsentMode.AskEachTime && says.Contains(ConsentState.On) ? ConsentState.On
        : mode == ConsentMode.OptOut && record == "a notice was seen" ? ConsentState.On
        : ConsentState.Ask;

    private sealed class World : IDisposable
    {
        private static readonly ConsentTerms Terms = new(SeedSchemas.PaperlessNgx, ["https://stats.example.org/report"]);

        private readonly TemporaryFolder _folder = new();
        private readonly CapturedLog _log = new();
        private readonly FakeMachine _machine = new();
        private readonly ManualTimeProvider _time = new();

        public World(ConsentMode mode)
        {
            UsageTexts texts = new();
            Gate = new ConsentGate(
                [
                    new PolicyFiles(_machine, "paperless-ngx", texts),
                    new KillFile(_machine, texts),
                    new EnvironmentSwitches(_machine, "paperless-ngx", [], texts),
                    new SettingsFile(_machine, Settings, texts),
                ],
                new Automation(_machine, texts),
                new ConsentRecords(TestState.In(_folder.Path, _log), shared: null, Terms.Schema),
                existing: null,
                Terms,
                mode,
                new ConsentIndicator(texts, _log.For<ConsentIndicator>()),
                texts,
                _time);
        }

        public ConsentGate Gate { get; }

        public string Folder => _folder.Path;

        public async Task RecordAsync(string name)
        {
            ConsentRecords records = new(TestState.In(_folder.Path, _log), shared: null, Terms.Schema);
            DateTimeOffset at = _time.GetUtcNow().AddDays(-40);
            ConsentRecord yes = new(ConsentChoice.Yes, UsageLevel.Full, at, null, Terms);
            await records.TryWriteAsync(name switch
            {
                "no" => yes with { Choice = ConsentChoice.No, Terms = null },
                "local" => yes with { Choice = ConsentChoice.Local, Terms = null },
                "yes" or "damaged yes" => yes,
                "a notice was seen" => yes with { Choice = null, Level = UsageLevel.Basic },
                "yes that ended" => yes with { Until = at.AddDays(30) },
                _ => null,
            });
            if (name == "damaged yes")
            {
                string file = _folder.Combine("consent.json");
                await File.WriteAllTextAsync(
                    file, (await File.ReadAllTextAsync(file)).Replace("\"full\"", "\"basic\"", StringComparison.Ordinal));
            }

            if (name == "choice unreadable")
            {
                // Which not even root can read.
                File.CreateSymbolicLink(_folder.Combine("consent.json"), _folder.Combine("consent.json"));
            }
        }

        public void Set(string? file, string text, string? variable, string value, bool isAutomated)
        {
            _machine.Files.Clear();
            _machine.Variables.Clear();
            if (file is not null)
            {
                _machine.Files[file] = text;
            }

            if (variable is not null)
            {
                (variable == Settings ? _machine.Files : _machine.Variables)[variable] = value;
            }

            if (isAutomated)
            {
                _machine.Variables["CI"] = "true";
            }
        }

        public void Dispose()
        {
            _folder.Dispose();
            _log.Dispose();
        }
    }
}
