using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.Tests.CommandLine;

/// <summary>Every file and variable that reporting depends on, as a person looks it up.</summary>
[NonParallelizable] // The console is the process's.
public sealed class StatusVerboseTests
{
    private TemporaryFolder _folder = null!;
    private TestClient? _client;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void End()
    {
        _client?.Dispose();
        _client = null;
        _folder.Dispose();
    }

    [Test]
    public async Task Status_AfterAYes_NamesEverything([Values] bool isJson)
    {
        _client = new TestClient(_folder.Combine("state"), new ScriptedSink())
        {
            Configure = options =>
            {
                options.Consent = ConsentMode.OptIn;
                options.Identity = new ReportIdentity { Kind = IdentityKind.Rotating };
            },
            Add = builder => builder.AddIdentityFields(IdentityFields.Period(RotationPeriod.Week), IdentityFields.FirstReport()),
        };
        await _client.Reporter.SetConsentAsync(ConsentChoice.Yes, UsageLevel.Basic, TimeSpan.FromDays(30));
        _client.Time.Advance(TimeSpan.FromHours(1));
        await RunAsync("send");
        await _client.ReportAsync(ConsentAnswer.Yes);

        CommandResult result = await RunAsync(["status", "--verbose", .. isJson ? ["--json"] : Array.Empty<string>()]);

        VerifySettings settings = new();
        settings.DontScrubDateTimes();
        await Verifier.Verify(result.Output.Replace(_folder.Path, "{Folder}", StringComparison.Ordinal), settings);
    }

    [Test]
    public async Task Status_YesWithoutEnd_IsDueNow()
    {
        _client = new TestClient(_folder.Combine("state"), new ScriptedSink())
        {
            Configure = options => options.Consent = ConsentMode.OptIn,
        };
        await _client.Reporter.SetConsentAsync(ConsentChoice.Yes);

        CommandResult result = await RunAsync("status", "--verbose");

        Assert.That(result.Output, Does.Match(@"Until +: no end\n").And.Match(@"Next due +: now\n"));
    }

    [Test]
    public async Task Status_NoIdEver_SaysAnonymous()
    {
        _client = new TestClient(_folder.Combine("state"), new ScriptedSink())
        {
            Configure = options => options.Identity = ReportIdentity.None,
            Add = builder => builder.AddIdentityFields(IdentityFields.Nonce()),
        };

        CommandResult result = await RunAsync("status", "--verbose");

        Assert.That(result.Output, Does.Match(@"Installation ID +: none: reports are anonymous\n")
            .And.Match(@"Until +: not set\n").And.Match(@"Last sent +: never\n").And.Match(@"Next due +: not set\n")
            .And.Match(@"Files +: /.*/state/consent\.json \(not there\)\n"));
        Assert.That(Directory.Exists(_client.DataDirectory), Is.False);
    }

    [Test]
    public async Task Status_TalliesLocksAndTheChoiceOfAll_AreNamedAsTheyLie()
    {
        _client = new TestClient(_folder.Combine("state"), new ScriptedSink())
        {
            Configure = options =>
            {
                options.Consent = ConsentMode.OptIn;
                options.Scope = ConsentScope.Installation;
            },
        };
        _client.Machine.ApplicationFolder = _folder.Combine("app");
        await _client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        Directory.CreateDirectory(_client.DataDirectory);
        foreach (string name in new[] { "tallies_07.json", "schedule.lock", "usage_uuid.old" })
        {
            File.WriteAllText(Path.Combine(_client.DataDirectory, name), "something");
        }

        CommandResult result = await RunAsync("status", "--verbose", "--json");

        string[] there =
        [
            .. JsonElement.Parse(result.Output).GetProperty("kept").EnumerateObject()
                .Where(document => document.Value.GetBoolean())
                .Select(document => Path.GetRelativePath(_folder.Path, document.Name)),
        ];
        string[] lying = [.. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder.Path, file))];
        Assert.That(there, Is.SupersetOf(new[] { "state/tallies_07.json", "state/schedule.lock", "state/usage_uuid.old", "app/usage-reporting/consent.json" }));
        Assert.That(lying, Is.EquivalentTo(there));
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        CommandRun.RunAsync(_ => _client!.Services, ["usage", .. arguments]);
}
