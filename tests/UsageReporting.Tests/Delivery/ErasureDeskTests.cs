using System.Text;
using NUnit.Framework;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Delivery;

/// <summary>A person who wants erased what was sent, and endpoints that answer or do not.</summary>
public sealed class ErasureDeskTests : ErasureTests
{
    [Test]
    public async Task EraseAsync_Answered_KeepsTheReceiptAndForgetsTheId()
    {
        using TestClient client = Client(Sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        string id = Text("usage_uuid");
        string secret = Text("usage_secret");
        Sink.Answer = proof => new TakeBackResult.Answered(Endpoint.Sign(proof));

        UsageErasure erasure = await client.Reporter.EraseAsync();

        Assert.That(Sink.Asked, Is.EqualTo(new[] { new InstallationProof("paperless-ngx", id, secret) }));
        Assert.That((erasure.IsKept, erasure.Receipts.Single().Reports, erasure.Waiting.Count), Is.EqualTo((true, 2, 0)));
        Assert.That(ErasureReceipt.Parse((await client.Reporter.GetReceiptsAsync()).Single())!.IsSignedBy(Endpoint.PublicKey), Is.True);
        Assert.That(Files(), Does.Not.Contain("usage_uuid").And.Not.Contain("usage_secret").And.Not.Contain("erasures.json"));
    }

    [Test]
    public async Task EraseAsync_NotReached_IsAskedAgainUntilAnswered()
    {
        using TestClient client = Client(Sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        string id = Text("usage_uuid");
        Sink.Answer = _ => new TakeBackResult.Unreachable("refused");

        UsageErasure erasure = await client.Reporter.EraseAsync(isOff: true);

        Assert.That(erasure.Waiting, Is.EqualTo(new[] { "https://stats.example.org" }));
        Assert.That(Text("erasures.json"), Does.Contain(id));
        await client.Reporter.AskToEraseAgainAsync();
        Assert.That(Sink.Asked, Has.Count.EqualTo(1), "It was asked just now.");
        Time.Advance(TimeSpan.FromHours(1));
        await client.Reporter.AskToEraseAgainAsync();
        Assert.That(Sink.Asked, Has.Count.EqualTo(2));
        using TestClient restarted = Client(Sink);
        Sink.Answer = _ => new TakeBackResult.Unknown();
        Time.Advance(TimeSpan.FromHours(1));
        await (await restarted.Reporter.BeginRunAsync(new ScriptedPrompt(ConsentAnswer.No))).Work;
        Assert.That(Sink.Asked, Has.Count.EqualTo(3));
        Assert.That(Sink.Asked.Select(proof => proof.Id), Is.All.EqualTo(id));
        Assert.That(Files(), Does.Not.Contain("erasures.json"));
        await restarted.Reporter.EraseAsync();
        Assert.That(Sink.Asked, Has.Count.EqualTo(3), "There is nothing left to prove.");
    }

    [Test]
    public async Task EraseAsync_SinkThrowsOrTalksNonsense_StaysAWish()
    {
        using TestClient client = Client(Sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        Sink.Answer = _ => throw new InvalidDataException();
        Assert.That((await client.Reporter.EraseAsync()).Waiting, Has.Count.EqualTo(1));

        Sink.Answer = _ => new TakeBackResult.Answered("{}");
        Assert.That((await client.Reporter.EraseAsync()).Waiting, Has.Count.EqualTo(1));
        Assert.That(await client.Reporter.GetReceiptsAsync(), Is.Empty);
    }

    [Test]
    public async Task EraseAsync_TwoEndpoints_EachIsAskedUntilItAnswers()
    {
        ErasingSink other = new("https://other.example.org/report") { Answer = _ => new TakeBackResult.Unreachable("refused") };
        using TestClient client = Client(Sink, other);
        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That((await client.Reporter.EraseAsync()).Waiting, Is.EqualTo(new[] { "https://other.example.org" }));
        Assert.That((await client.Reporter.EraseAsync()).Waiting, Is.EqualTo(new[] { "https://other.example.org" }));
        Assert.That((Sink.Asked.Count, other.Asked.Count), Is.EqualTo((1, 2)));
    }

    // In its own format the id is not found, though another endpoint has the same report.
    [Test]
    public async Task EraseAsync_OneOfTwoRendersWithoutTheId_BothAreAsked()
    {
        ErasingSink other = new("https://other.example.org/report") { Rendering = report => Convert.ToBase64String(Encoding.UTF8.GetBytes(report)) };
        using TestClient client = Client(Sink, other);
        await client.ReportAsync(ConsentAnswer.Yes);

        await client.Reporter.EraseAsync();

        Assert.That((Sink.Asked.Count, other.Asked.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task EraseAsync_RotatingId_ProvesEachPeriodThatMayBeStored()
    {
        using TestClient client = Client(IdentityKind.Rotating, Sink);
        List<string> sent = [];
        for (int week = 0; week < 30; week++)
        {
            await client.ReportAsync(ConsentAnswer.Yes);
            sent.Add((await client.Reporter.GetStatusAsync()).InstallationId!);
            Time.Advance(TimeSpan.FromDays(7));
        }

        await client.Reporter.EraseAsync();

        Assert.That(Sink.Asked.Select(proof => proof.Id), Is.SupersetOf(sent));
        Assert.That(Sink.Asked.Select(proof => proof.Secret).Distinct().Count(), Is.EqualTo(Sink.Asked.Count));
        Assert.That(Sink.Asked, Has.Count.EqualTo(31));
    }

    [Test]
    public async Task EraseAsync_RotatingIdAndNobodyAnswers_IsAskedOnceOnly()
    {
        using TestClient client = Client(IdentityKind.Rotating, Sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        Sink.Answer = _ => new TakeBackResult.Unreachable("refused");

        await client.Reporter.EraseAsync();

        Assert.That(Sink.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CanEraseAsync_NothingSentYet_Cannot()
    {
        using TestClient client = Client(Sink);
        Assert.That(await client.Reporter.CanEraseAsync(), Is.False);

        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(await client.Reporter.CanEraseAsync(), Is.True);
    }

    [Test]
    public async Task CanEraseAsync_SinkThatErasesNothing_Cannot()
    {
        using TestClient client = Client(new ScriptedSink());
        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(await client.Reporter.CanEraseAsync(), Is.False);
    }

    [Test]
    public async Task ForgetAsync_WishAndReceipts_AreForgottenToo()
    {
        using TestClient client = Client(Sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        Sink.Answer = _ => new TakeBackResult.Unreachable("refused");
        await client.Reporter.EraseAsync();

        await client.Reporter.ForgetAsync();

        Assert.That(Files(), Is.EqualTo(new[] { "lock" }));
    }

    [TestCase("null"), TestCase("[null]"), TestCase("[{}]"), TestCase("nonsense")]
    public async Task EraseAsync_DamagedWishes_AreNone(string text)
    {
        using TestClient client = Client(Sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        await File.WriteAllTextAsync(Folder.Combine("state", "erasures.json"), text);

        await client.Reporter.EraseAsync();

        Assert.That(Sink.Asked, Has.Count.EqualTo(1));
    }
}
