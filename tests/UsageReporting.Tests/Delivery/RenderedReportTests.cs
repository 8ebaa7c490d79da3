using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Delivery;

/// <summary>A sink that takes another format: what it makes of a report is shown, frozen, sent and kept.</summary>
public sealed class RenderedReportTests
{
    private const string Other = "https://other.example.org/collect";

    private TemporaryFolder _folder = null!;

    private static DeliveryResult Unconfirmed => new DeliveryResult.Accepted { IsConfirmed = false };

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task ReportAsync_SinksOfTwoFormats_EachGetsWhatWasShownForIt()
    {
        ScriptedSink plain = new();
        ScriptedSink wrapped = Wrapping("wrapped").Answering(Unconfirmed);
        using TestClient client = new(_folder.Path, plain, wrapped);
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        ReportOutcome outcome = await client.Reporter.ReportAsync(prompt);

        string report = plain.Reports.Single();
        ReportPreview seen = prompt.Seen.Single();
        SentReport[] history = [.. await client.Reporter.GetHistoryAsync()];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(new ReportOutcome.Sent { IsConfirmed = false }));
            Assert.That(wrapped.Reports, Is.EqualTo(new[] { $"{{\"wrapped\":{report}}}" }));
            Assert.That(seen.Json, Is.EqualTo(report));
            Assert.That(
                seen.Renderings.Select(rendering => (rendering.Text, rendering.Destinations.Single())),
                Is.EqualTo(new[] { (report, plain.Destination), (wrapped.Reports.Single(), Other) }));
            Assert.That(seen.ToText(), Does.Contain($"\nTo {Other} it goes in these words:\n{wrapped.Reports.Single()}\n"));
            Assert.That(
                history.Select(sent => (sent.Report, sent.Answer, sent.IsIntact)),
                Is.EqualTo(new[] { (wrapped.Reports.Single(), "accepted, unconfirmed", true), (report, "accepted", true) }));
        }
    }

    [Test]
    public async Task ReportAsync_NoAnswer_TheSameBytesAreShownAndSentAgainThoughItWouldRenderOthersNow()
    {
        ScriptedSink sink = Wrapping("first").Answering(ScriptedSink.Unanswered);
        using TestClient client = new(_folder.Path, sink);
        await client.ReportAsync(ConsentAnswer.Yes);

        sink.Rendering = report => $"{{\"second\":{report}}}";
        sink.Answering(Unconfirmed);
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);
        using TestClient later = new(_folder.Path, sink);
        await later.Reporter.ReportAsync(prompt);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sink.Reports.First(), Does.StartWith("{\"first\":"));
            Assert.That(sink.Reports.Distinct().Count(), Is.EqualTo(1));
            Assert.That(prompt.Seen.Single().Renderings.Single().Text, Is.EqualTo(sink.Reports.First()));
            Assert.That(prompt.Seen.Single().ToText(), Does.Contain("Sent again, it may be\ncounted twice."));
            Assert.That((await later.Reporter.GetHistoryAsync()).Single().Answer, Is.EqualTo("accepted, unconfirmed"));
        }
    }

    [Test]
    public async Task ReportAsync_SinkOfAnotherFormatThatCameLater_IsNotGivenTheFrozenReport()
    {
        ScriptedSink plain = new ScriptedSink().Answering(ScriptedSink.Unanswered);
        using (TestClient before = new(_folder.Path, plain))
        {
            await before.ReportAsync(ConsentAnswer.Yes);
        }

        ScriptedSink added = Wrapping("added");
        using TestClient client = new(_folder.Path, plain.Answering(new DeliveryResult.Accepted()), added);
        ReportOutcome outcome = await client.ReportAsync(ConsentAnswer.Yes);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plain.Reports.Distinct().Count(), Is.EqualTo(1));
            Assert.That(added.Deliveries, Is.Empty);
            Assert.That(outcome, Is.EqualTo(new ReportOutcome.Sent()));
            Assert.That(client.FrozenFile, Does.Not.Exist);
        }
    }

    [Test, Property("Case", 120)]
    public async Task ReportAsync_SinkThatCannotRender_CostsItselfTheReportAndNothingElse()
    {
        ScriptedSink plain = new();
        ScriptedSink broken = new(Other) { Rendering = _ => throw new FormatException("secret") };
        using TestClient client = new(_folder.Path, broken, plain);

        ReportOutcome outcome = await client.ReportAsync(ConsentAnswer.Yes);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(new ReportOutcome.Sent()));
            Assert.That(plain.Deliveries, Has.Count.EqualTo(1));
            Assert.That(broken.Deliveries, Is.Empty);
            Assert.That((await client.Reporter.GetHistoryAsync()).Select(sent => sent.Destination), Is.EqualTo(new[] { plain.Destination }));
            Assert.That(client.Log.Lines, Has.Some.Contains($"{Other} failed with FormatException").And.None.Contains("secret"));
        }
    }

    [Test, Property("Case", 120)]
    public async Task ReportAsync_OnlySinkCannotRender_NothingIsSentOrKept()
    {
        using TestClient client = new(_folder.Path, new ScriptedSink(Other) { Rendering = _ => throw new FormatException("secret") });

        ReportOutcome outcome = await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(
            outcome, Is.EqualTo(new ReportOutcome.NotAccepted(new DeliveryResult.Unreachable("not in its format", MaybeReceived: false))));
        Assert.That(client.FrozenFile, Does.Not.Exist);
    }

    // Where the person agreed to later reports too, what is not reached stays frozen, and a sink that never takes it may not keep it there.
    [Test]
    public async Task ReportAsync_EveryOneHasAnsweredThatCanTakeIt_TheNextReportIsANewOne()
    {
        ScriptedSink plain = new();
        using TestClient client = new(_folder.Path, new ScriptedSink(Other) { Rendering = _ => throw new FormatException("secret") }, plain)
        {
            Configure = options =>
            {
                Paperless.Configure(options);
                options.Consent = ConsentMode.OptIn;
            },
        };

        await client.ReportAsync(ConsentAnswer.Yes);
        bool isFrozen = File.Exists(client.FrozenFile);
        client.Time.Advance(TimeSpan.FromDays(8));
        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(isFrozen, Is.False);
        Assert.That(plain.Deliveries.Select(delivery => delivery.IsRepeat), Is.EqualTo(new[] { false, false }));
    }

    [Test]
    public async Task ReportAsync_OneIsNotReached_DoesNotSayThatNothingWasSent()
    {
        using TestClient client = new(_folder.Path, new ScriptedSink(), new ScriptedSink(Other).Answering(ScriptedSink.Refused));

        ReportOutcome outcome = await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(outcome, Is.EqualTo(new ReportOutcome.NotAccepted(ScriptedSink.Refused) { IsSentElsewhere = true }));
        Assert.That(client.Reporter.Describe(outcome), Is.EqualTo(new[] { "Report sent, but not every reporting endpoint has accepted it." }));
    }

    private static ScriptedSink Wrapping(string name) =>
        new(Other) { Rendering = report => $"{{\"{name}\":{report}}}", KnowsRepeats = false };
}
