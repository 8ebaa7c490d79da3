using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

/// <summary>What a person is asked with a report that waits: nobody agrees for later to what it does not show.</summary>
public sealed class WaitingQuestionTests
{
    private static readonly FlagField Mail = UsageField.Flag("mail", "Mail enabled", "Why.");
    private static readonly FlagField Search = UsageField.Flag("search", "Search used", "Why.") with { Level = UsageLevel.Full };

    private TemporaryFolder _folder = null!;
    private ScriptedSink _sink = null!;

    private static ScriptedSink Added => new("https://added.example.org/report");

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _sink = new ScriptedSink().Answering(ScriptedSink.Unanswered);
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task ReportAsync_WaitingReportOfALowerLevel_IsAskedForAloneAndTheNextForLater()
    {
        await LeaveWaitingAsync(UsageLevel.Basic, Mail, Search);
        using TestClient client = Client([_sink.Answering(new DeliveryResult.Accepted()), Added], Mail, Search);
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        await client.Reporter.ReportAsync(prompt);
        ConsentDecision between = (await client.Reporter.GetStatusAsync()).Decision;
        await client.Reporter.ReportAsync(prompt);

        Assert.That(
            prompt.Seen.Select(preview => (preview.Question, preview.Level, preview.IsRepeat)),
            Is.EqualTo(new[]
            {
                (ConsentQuestion.ThisReport, UsageLevel.Basic, true), (ConsentQuestion.ThisAndLater, UsageLevel.Full, false),
            }));
        Assert.That(between.State, Is.EqualTo(ConsentState.Ask));
        Assert.That(_sink.Reports.First(), Is.EqualTo(_sink.Reports.ElementAt(1)), "Sent again byte for byte.");
        Assert.That((await client.Reporter.GetStatusAsync()).Decision.Level, Is.EqualTo(UsageLevel.Full));
    }

    [Test]
    public async Task ReportAsync_FieldThatTheWaitingReportDoesNotHold_IsNotAgreedToWithIt()
    {
        await LeaveWaitingAsync(UsageLevel.Full, Mail);
        using TestClient client = Client([_sink, Added], Mail, Search);
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Single().Question, Is.EqualTo(ConsentQuestion.ThisReport));
        Assert.That((await client.Reporter.GetStatusAsync()).Decision.State, Is.EqualTo(ConsentState.Ask));
    }

    [Test]
    public async Task ReportAsync_EndpointThatDoesNotTakeTheWaitingReport_IsNotAgreedToWithIt()
    {
        await LeaveWaitingAsync(UsageLevel.Full, Mail);
        ScriptedSink added = new("https://added.example.org/report") { Rendering = report => $"[{report}]" };
        using TestClient client = Client([_sink, added], Mail);
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Single().Question, Is.EqualTo(ConsentQuestion.ThisReport));
        Assert.That((await client.Reporter.GetStatusAsync()).Decision.State, Is.EqualTo(ConsentState.Ask));
    }

    [Test]
    public async Task ReportAsync_WaitingReportThatShowsAll_IsAskedForWithLaterOnes()
    {
        await LeaveWaitingAsync(UsageLevel.Full, Mail, Search);
        using TestClient client = Client([_sink, Added], Mail, Search);
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Single().Question, Is.EqualTo(ConsentQuestion.ThisAndLater));
        Assert.That((await client.Reporter.GetStatusAsync()).Decision.State, Is.EqualTo(ConsentState.On));
    }

    private async Task LeaveWaitingAsync(UsageLevel level, params FlagField[] fields)
    {
        using TestClient client = Client([_sink], fields);
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes, level);
        await client.ReportAsync(ConsentAnswer.Yes);
    }

    private TestClient Client(IEnumerable<IReportSink> sinks, params FlagField[] fields) => new(_folder.Combine("state"), sinks)
    {
        Fields = fields,
        Collect = values => Array.ForEach(fields, field => values.Set(field, true)),
        Configure = options => options.Consent = ConsentMode.OptIn,
    };
}
