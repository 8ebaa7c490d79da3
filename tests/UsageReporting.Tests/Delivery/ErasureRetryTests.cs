using NUnit.Framework;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Delivery;

/// <summary>Who is asked to erase what, how often, and when that ends.</summary>
public sealed class ErasureRetryTests : ErasureTests
{
    private const string Server = "https://stats.example.org";

    [Test]
    public async Task BeginRunAsync_RotatingIdRefusedTwiceWithinTheHour_IsOneRequest()
    {
        Sink.Answer = _ => new TakeBackResult.Unreachable("refused");
        using TestClient client = Client(IdentityKind.Rotating, Sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        await client.Reporter.EraseAsync(isOff: true);
        Time.Advance(TimeSpan.FromHours(1));

        for (int run = 0; run < 2; run++)
        {
            Time.Advance(TimeSpan.FromMinutes(10));
            await (await client.Reporter.BeginRunAsync(new ScriptedPrompt(ConsentAnswer.No))).Work;
        }

        Assert.That(Sink.Asked, Has.Count.EqualTo(2), "Once by the wish, once by the first run.");
    }

    [Test]
    public async Task AskToEraseAgainAsync_NeverAnswered_IsAskedMoreRarelyAndEndsAfterTwoMonths()
    {
        Sink.Answer = _ => new TakeBackResult.Unreachable("status 405");
        using TestClient client = Client(Sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        await client.Reporter.EraseAsync(isOff: true);
        for (int hour = 0; hour < 24; hour++)
        {
            Time.Advance(TimeSpan.FromHours(1));
            await client.Reporter.AskToEraseAgainAsync();
        }

        Assert.That(Sink.Asked, Has.Count.EqualTo(6), "At once, and after 1, 2, 4, 8 and 16 hours.");
        Time.Advance(TimeSpan.FromDays(68));
        await client.Reporter.AskToEraseAgainAsync();
        Assert.That((Sink.Asked.Count, Files().Contains("erasures.json")), Is.EqualTo((7, true)));
        Time.Advance(TimeSpan.FromDays(1));

        UsageErasure erasure = await client.Reporter.EraseAsync();

        Assert.That(erasure.GivenUp, Is.EqualTo(new[] { Server }));
        Assert.That((Sink.Asked.Count, Files().Contains("erasures.json")), Is.EqualTo((7, false)));
    }

    [Test]
    public async Task AskToEraseAgainAsync_NoSuchEndpointNow_WaitsUntilThereIs()
    {
        Sink.Answer = _ => new TakeBackResult.Unreachable("refused");
        using (TestClient client = Client(Sink))
        {
            await client.ReportAsync(ConsentAnswer.Yes);
            await client.Reporter.EraseAsync();
        }

        using (TestClient moved = Client(new ErasingSink("https://new.example.org/report")))
        {
            UsageErasure erasure = await moved.Reporter.EraseAsync();

            Assert.That((erasure.GivenUp.Count, erasure.Waiting), Is.EqualTo((0, new[] { Server })));
        }

        Sink.Answer = _ => new TakeBackResult.Unknown();
        using TestClient back = Client(Sink);
        Assert.That((await back.Reporter.EraseAsync()).Waiting, Is.Empty);
        Assert.That(Files(), Does.Not.Contain("erasures.json"));
    }

    [Test]
    public async Task AskToEraseAgainAsync_ClockInThePast_EndsNothing()
    {
        Sink.Answer = _ => new TakeBackResult.Unreachable("refused");
        using TestClient client = Client(Sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        await client.Reporter.EraseAsync();

        Time.SetUtcNow(DateTimeOffset.UnixEpoch);
        await client.Reporter.AskToEraseAgainAsync();

        Assert.That(Files(), Does.Contain("erasures.json"));
    }

    // What is behind the new address is mostly what was behind the old one.
    [Test]
    public async Task EraseAsync_EndpointMoved_AsksAtTheNewOne()
    {
        using (TestClient client = Client(Sink))
        {
            await client.ReportAsync(ConsentAnswer.Yes);
        }

        ErasingSink there = new("https://new.example.org/report");
        using TestClient moved = Client(there);
        Assert.That(await moved.Reporter.CanEraseAsync(), Is.True);
        UsageErasure erasure = await moved.Reporter.EraseAsync();

        Assert.That((there.Asked.Count, erasure.GivenUp.Count, erasure.Waiting.Count), Is.EqualTo((1, 0, 0)));
    }

    [Test]
    public async Task EraseAsync_SinkThatCannotErase_IsNotSpokenOf()
    {
        using TestClient client = Client(Sink, new ScriptedSink("file:reports.jsonl"));
        await client.ReportAsync(ConsentAnswer.Yes);

        UsageErasure erasure = await client.Reporter.EraseAsync();

        Assert.That((Sink.Asked.Count, erasure.GivenUp.Count, erasure.Waiting.Count), Is.EqualTo((1, 0, 0)));
    }

    [Test]
    public async Task AskToEraseAgainAsync_AnotherEndpointOfTheServer_IsAsked()
    {
        Sink.Answer = _ => new TakeBackResult.Unreachable("refused");
        using (TestClient client = Client(Sink))
        {
            await client.ReportAsync(ConsentAnswer.Yes);
            await client.Reporter.EraseAsync();
        }

        ErasingSink moved = new($"{Server}/v2/report");
        using TestClient later = Client(moved);
        await later.Reporter.EraseAsync();

        Assert.That(moved.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReportAsync_WishNotAnswered_AsksAgainWhereItSends()
    {
        Sink.Answer = _ => new TakeBackResult.Unreachable("refused");
        using TestClient client = Client(Sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        await client.Reporter.EraseAsync();
        Time.Advance(TimeSpan.FromHours(1));

        await client.ReportAsync(ConsentAnswer.No);
        Assert.That(Sink.Asked, Has.Count.EqualTo(1), "A look touches no network.");
        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(Sink.Asked, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ExportAsync_WishNotAnswered_AsksAgain()
    {
        Sink.Answer = _ => new TakeBackResult.Unreachable("refused");
        using TestClient client = Client(Sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        await client.Reporter.EraseAsync();
        Time.Advance(TimeSpan.FromHours(1));

        await client.Reporter.ExportAsync();

        Assert.That(Sink.Asked, Has.Count.EqualTo(2), "There is nothing to export any more.");
    }

    [Test]
    public async Task EraseAsync_EndpointsOfOneServer_AreAskedOnce()
    {
        ErasingSink other = new($"{Server}/other");
        using TestClient client = Client(Sink, other);
        await client.ReportAsync(ConsentAnswer.Yes);

        await client.Reporter.ExportAsync();
        await client.Reporter.EraseAsync();

        Assert.That(Sink.Asked.Concat(other.Asked).Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task EraseAsync_EndpointThatHadNothing_IsNotShownTheSecret()
    {
        using (TestClient before = Client(Sink))
        {
            await before.ReportAsync(ConsentAnswer.Yes);
        }

        ErasingSink added = new("https://other.example.org/report") { Delivered = new DeliveryResult.Rejected([]) };
        using TestClient client = Client(Sink, added);
        await client.Reporter.ExportAsync();
        Time.Advance(TimeSpan.FromDays(7));
        await client.ReportAsync(ConsentAnswer.Yes);
        await client.Reporter.ExportAsync();
        await client.Reporter.EraseAsync();

        Assert.That((Sink.Asked.Count, added.Asked.Count), Is.EqualTo((3, 0)));
    }

    [Test]
    public async Task EraseAsync_HistoryLost_AsksWhereReportsCanHaveGone()
    {
        ErasingSink basic = new("https://basic.example.org/report") { Level = UsageLevel.Basic };
        ErasingSink middle = new("https://middle.example.org/report") { Level = UsageLevel.Middle };
        using TestClient client = Client(Sink, basic, middle);
        await client.ReportAsync(ConsentAnswer.Yes);
        File.Delete(client.HistoryFile);

        await client.Reporter.EraseAsync();

        Assert.That(
            (Sink.Asked.Count, basic.Asked.Count, middle.Asked.Count), Is.EqualTo((1, 1, 0)), "No field is of level middle.");
    }

    [TestCase("https://stats.example.org/report", "https://stats.example.org")]
    [TestCase("https://STATS.example.org:443/a/b?c", "https://stats.example.org")]
    [TestCase("http://127.0.0.1:5000/report", "http://127.0.0.1:5000")]
    [TestCase("/var/log/reports.jsonl", "/var/log/reports.jsonl")]
    [TestCase("the console", "the console")]
    public void ServerOf_Destination_IsSchemeHostAndPort(string destination, string server) =>
        Assert.That(UsageReporting.Core.Delivery.ErasurePlan.ServerOf(destination), Is.EqualTo(server));
}
