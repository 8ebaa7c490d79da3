using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using UsageReporting.Tests.CommandLine;

namespace UsageReporting.Tests.Consent;

/// <summary>Whatever shows how reporting stands shows what the engine decided, and because of what.</summary>
[NonParallelizable]
public sealed class FacesTests
{
    private static readonly (string Name, Func<UsageReporter, Task> Choose)[] Choices =
    [
        ("nothing chosen", _ => Task.CompletedTask),
        ("yes", reporter => reporter.SetConsentAsync(ConsentChoice.Yes, UsageLevel.Basic)),
        ("yes for a day", reporter => reporter.SetConsentAsync(ConsentChoice.Yes, lasting: TimeSpan.FromDays(1))),
        ("no", reporter => reporter.SetConsentAsync(ConsentChoice.No)),
        ("local", reporter => reporter.SetConsentAsync(ConsentChoice.Local)),
        ("told", async reporter => await (await reporter.BeginRunAsync(new ScriptedPerson())).DisposeAsync()),
    ];

    private static readonly (string Name, string Value)[] Variables =
    [
        ("NOTHING", ""),
        ("DO_NOT_TRACK", "1"),
        ("PAPERLESS_NGX_USAGE_REPORTING", "local"),
        ("PAPERLESS_NGX_USAGE_REPORTING", "debug"),
        ("PAPERLESS_NGX_USAGE_REPORTING", "of"),
        ("CI", "true"),
    ];

    private static IEnumerable<TestCaseData> States =>
        from mode in Enum.GetValues<ConsentMode>()
        from choice in Choices
        from variable in Variables
        select new TestCaseData(mode, choice.Choose, variable.Name, variable.Value)
            .SetArgDisplayNames(mode.ToString(), choice.Name, $"{variable.Name}={variable.Value}");

    [TestCaseSource(nameof(States))]
    public async Task Faces_InEachState_ShowTheSame(
        ConsentMode mode, Func<UsageReporter, Task> choose, string variable, string value)
    {
        using TemporaryFolder folder = new();
        using TestClient client = new(folder.Combine("state"), new ScriptedSink())
        {
            Configure = options =>
            {
                Paperless.Configure(options);
                options.Consent = mode;
            },
        };
        await choose(client.Reporter);
        client.Machine.Variables[variable] = value;
        client.Time.Advance(TimeSpan.FromDays(2));

        UsageStatus status = await client.Reporter.GetStatusAsync();
        CommandResult text = await CommandRun.RunAsync(_ => client.Services, ["usage", "status"]);
        JsonElement json = JsonElement.Parse(
            (await CommandRun.RunAsync(_ => client.Services, ["usage", "status", "--json"])).Output);
        HealthCheckResult health = await new UsageReportingHealthCheck(client.Reporter)
            .CheckHealthAsync(new HealthCheckContext());
        ReportOutcome outcome = await client.Reporter.ReportAsync(new ScriptedPerson { Answer = ConsentAnswer.No });
        IUsageReportingStatus indicator = client.Services.GetRequiredService<IUsageReportingStatus>();

        (ConsentState state, UsageLevel level, string because) = status.Decision;
        string word = state.ToString().ToLowerInvariant();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.Output, Does.Contain($"\nBecause         : {because}\n"));
            Assert.That(text.Output, Does.StartWith($"Usage reporting : {Word(mode, state, level)}\n"));
            Assert.That(
                (json.GetProperty("state").GetString(), json.GetProperty("because").GetString()), Is.EqualTo((word, because)));
            Assert.That((health.Data["state"], health.Data["because"]), Is.EqualTo(((object)word, (object)because)));
            Assert.That(client.Log.Lines[^1], Does.EndWith($": Usage reporting: {word} ({because})."));
            Assert.That(indicator.Decision, Is.EqualTo(status.Decision).Or.Property("Because").EqualTo(because));
            Assert.That(indicator.Text, Is.EqualTo($"usage reporting: {Short(state, level)}"));
            Assert.That(
                (outcome as ReportOutcome.SwitchedOff)?.Because,
                Is.EqualTo(state is ConsentState.Off or ConsentState.Local ? because : null));
        }
    }

    [Test]
    public async Task Indicator_ChoiceOrTime_ChangesAndSaysSo()
    {
        using TemporaryFolder folder = new();
        using TestClient client = new(folder.Combine("state"), new ScriptedSink())
        {
            Configure = options => options.Consent = ConsentMode.OptIn,
        };
        IUsageReportingStatus indicator = client.Reporter.Indicator;
        List<string> seen = [indicator.Text];
        indicator.Changed += (_, _) => throw new InvalidOperationException("/srv/alice/canary");
        indicator.Changed += (_, _) => seen.Add(indicator.Text);

        await client.Reporter.GetStatusAsync();
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes, UsageLevel.Basic, TimeSpan.FromDays(30));
        await client.Reporter.GetStatusAsync();
        client.Time.Advance(TimeSpan.FromDays(30));
        await client.Reporter.GetStatusAsync();
        await client.Reporter.SetConsentAsync(ConsentChoice.No);
        await client.Reporter.ForgetAsync();

        Assert.That(seen, Is.EqualTo(new[]
        {
            "usage reporting: not known yet",
            "usage reporting: not on",
            "usage reporting: on, basic",
            "usage reporting: not on",
            "usage reporting: off",
            "usage reporting: not on",
        }));
        Assert.That(client.Log.Complaints, Has.Count.EqualTo(5).And.All.StartsWith("Warning 1012").And.None.Contains("canary"));
    }

    private static string Word(ConsentMode mode, ConsentState state, UsageLevel level) => state switch
    {
        ConsentState.Off => "off",
        ConsentState.Local => "kept here",
        ConsentState.On => $"on, level {level.ToString().ToLowerInvariant()}",
        _ => mode switch { ConsentMode.AskEachTime => "asks each time", ConsentMode.OptIn => "not decided", _ => "not on" },
    };

    private static string Short(ConsentState state, UsageLevel level) => state switch
    {
        ConsentState.Off => "off",
        ConsentState.Local => "kept here",
        ConsentState.On => $"on, {level.ToString().ToLowerInvariant()}",
        _ => "not on",
    };
}
