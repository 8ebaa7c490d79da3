using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

/// <summary>Before the yes there is no id, no file and no connection.</summary>
public sealed class UsageReporterSilenceTests
{
    private readonly ScriptedSink _sink = new();
    private TemporaryFolder _folder = null!;
    private TestClient _client = null!;

    [SetUp]
    public void StartClient()
    {
        _folder = new TemporaryFolder();
        _client = new TestClient(_folder.Combine("state"), _sink);
    }

    [TearDown]
    public void CheckSilenceAndEnd()
    {
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
        Assert.That(_sink.Deliveries, Is.Empty);
        _client.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task ReportAsync_SwitchedOff_AsksNobodyAndCollectsNothing()
    {
        using TestClient client = new(_client.DataDirectory, _sink) { Collect = _ => Assert.Fail("It was collected.") };
        client.Machine.Variables["DO_NOT_TRACK"] = "1";
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        ReportOutcome outcome = await client.Reporter.ReportAsync(prompt);

        Assert.That(outcome, Is.EqualTo(new ReportOutcome.SwitchedOff("DO_NOT_TRACK is set")));
        Assert.That(prompt.Seen, Is.Empty);
        Assert.That(client.Log.Complaints, Is.Empty);
    }

    [Test]
    public async Task ReportAsync_No_IsDeclined() =>
        Assert.That(await _client.ReportAsync(ConsentAnswer.No), Is.EqualTo(new ReportOutcome.Declined()));

    [Test]
    public async Task ReportAsync_AnswerThatThereIsNot_IsNo() =>
        Assert.That(await _client.ReportAsync((ConsentAnswer)7), Is.EqualTo(new ReportOutcome.Declined()));

    [Test]
    public async Task ReportAsync_SeveralTimesNo_ShowsTheSameNewId()
    {
        ScriptedPrompt prompt = new(ConsentAnswer.No);

        await _client.Reporter.ReportAsync(prompt);
        await _client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Select(preview => preview.IsIdNew), Is.All.True);
        Assert.That(prompt.Seen[0].Json, Is.EqualTo(prompt.Seen[1].Json));
    }

    [Test, Property("Case", 122)]
    public async Task ReportAsync_SwitchedOffWhileTheQuestionStands_IsOffInSpiteOfTheYes()
    {
        ScriptedPrompt prompt = new((_, _) =>
        {
            _client.Machine.Variables["PAPERLESS_NGX_USAGE_REPORTING"] = "off";
            return ConsentAnswer.Yes;
        });

        Assert.That(
            await _client.Reporter.ReportAsync(prompt),
            Is.EqualTo(new ReportOutcome.SwitchedOff("PAPERLESS_NGX_USAGE_REPORTING is off")));
    }

    [Test]
    public async Task ReportAsync_PromptThrows_IsNoAndItsMessageIsNotLogged()
    {
        ScriptedPrompt prompt = new((_, _) => throw new InvalidOperationException("/srv/alice/canary"));

        Assert.That(await _client.Reporter.ReportAsync(prompt), Is.EqualTo(new ReportOutcome.Declined()));
        Assert.That(_client.Log.Complaints.Single(), Does.StartWith("Warning 1005").And.Not.Contain("canary"));
    }

    [Test]
    public async Task ReportAsync_RequiredFieldWithoutAValue_IsNamedAndNobodyIsAsked()
    {
        using TestClient client = new(_client.DataDirectory, _sink) { Collect = _ => { } };
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        ReportOutcome outcome = await client.Reporter.ReportAsync(prompt);

        Assert.That(outcome, Is.EqualTo(new ReportOutcome.Incomplete("Version")));
        Assert.That(prompt.Seen, Is.Empty);
    }

    [Test, Property("Case", 120)]
    public async Task ReportAsync_CancelledBefore_AsksNobody()
    {
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        Assert.That(
            await _client.Reporter.ReportAsync(prompt, new CancellationToken(canceled: true)),
            Is.EqualTo(new ReportOutcome.Declined()));
        Assert.That(prompt.Seen, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task ReportAsync_CancelledWhileTheQuestionStands_IsNo(bool promptNotices)
    {
        using CancellationTokenSource interrupt = new();
        ScriptedPrompt prompt = new((_, token) =>
        {
            interrupt.Cancel();
            if (promptNotices)
            {
                token.ThrowIfCancellationRequested();
            }

            return ConsentAnswer.Yes;
        });

        Assert.That(
            await _client.Reporter.ReportAsync(prompt, interrupt.Token), Is.EqualTo(new ReportOutcome.Declined()));
    }

    [Test]
    public async Task ReportAsync_CancelledWhileItCollects_IsDeclined()
    {
        using CancellationTokenSource interrupt = new();
        using TestClient client = new(_client.DataDirectory, _sink)
        {
            Collect = _ =>
            {
                interrupt.Cancel();
                throw new InvalidOperationException("as a database does whose query is cancelled");
            },
        };

        Assert.That(
            await client.ReportAsync(ConsentAnswer.Yes, interrupt.Token), Is.EqualTo(new ReportOutcome.Declined()));
    }

    [Test]
    public async Task Status_BeforeTheFirstYes_HasNoIdAndMakesNothing()
    {
        UsageStatus status = await _client.Reporter.GetStatusAsync();

        Assert.That(
            status,
            Is.EqualTo(new UsageStatus(
                ConsentMode.AskEachTime,
                new ConsentDecision(
                    ConsentState.Ask, UsageLevel.Full, "nothing is sent unless you say yes to it, each time"),
                InstallationId: null,
                status.Destinations,
                IsWaiting: false,
                _client.DataDirectory)));
        Assert.That(Directory.Exists(_client.DataDirectory), Is.False);
    }

    [Test]
    public void ReportAsync_NoPrompt_IsTheCallersMistake() =>
        Assert.That(() => _client.Reporter.ReportAsync(null!), Throws.ArgumentNullException);
}
