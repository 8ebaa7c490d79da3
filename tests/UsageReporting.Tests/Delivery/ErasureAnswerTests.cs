using NUnit.Framework;
using UsageReporting.Core.State;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Delivery;

/// <summary>What settles a wish to erase, and what is said where that cannot be known.</summary>
public sealed class ErasureAnswerTests : ErasureTests
{
    [Test]
    public async Task EraseAsync_ReceiptOfAnother_StaysAWish()
    {
        using TestClient client = await ReportedAsync();
        InstallationProof other = new("paperless-ngx", Guid.NewGuid().ToString(), "");
        Sink.Answer = _ => new TakeBackResult.Answered(Endpoint.Sign(other));
        Assert.That((await client.Reporter.EraseAsync()).Waiting, Has.Count.EqualTo(1));

        Sink.Answer = proof => new TakeBackResult.Answered(Endpoint.Sign(proof with { Product = "napari" }));
        Assert.That((await client.Reporter.EraseAsync()).Waiting, Has.Count.EqualTo(1));

        Assert.That(await client.Reporter.GetReceiptsAsync(), Is.Empty);
        Assert.That(Files(), Does.Contain("erasures.json"));
    }

    [Test]
    public async Task EraseAsync_SignedByAnotherKeyThanItCameWith_StaysAWish()
    {
        using TestClient client = await ReportedAsync();
        using ReceiptSigner forger = new();
        Sink.Answer = proof => new TakeBackResult.Answered(forger.Sign(proof, Endpoint.PublicKey));

        Assert.That((await client.Reporter.EraseAsync()).Waiting, Has.Count.EqualTo(1));
        Assert.That(await client.Reporter.GetReceiptsAsync(), Is.Empty);
    }

    [Test]
    public async Task EraseAsync_NoKeyCame_IsErasedAndTheReceiptIsKept()
    {
        using TestClient client = await ReportedAsync();
        Sink.Answer = proof => new TakeBackResult.Answered(Endpoint.Sign(proof, hasKey: false));

        Assert.That((await client.Reporter.EraseAsync()).Waiting, Is.Empty);
        Assert.That(ErasureReceipt.Parse((await client.Reporter.GetReceiptsAsync()).Single())!.IsSignedBy(Endpoint.PublicKey), Is.True);
    }

    [Test]
    public async Task EraseAsync_AnswerWasLost_SaysThatItMayBeErased()
    {
        using TestClient client = await ReportedAsync();
        Sink.Answer = _ => new TakeBackResult.Unreachable("time-out");
        await client.Reporter.EraseAsync();
        Sink.Answer = _ => new TakeBackResult.Unknown();

        UsageErasure erasure = await client.Reporter.EraseAsync();

        Assert.That(erasure.MaybeErased, Is.EqualTo(new[] { "https://stats.example.org" }));
        Assert.That(erasure.Waiting, Is.Empty);
        Assert.That(Files(), Does.Not.Contain("erasures.json"));
    }

    [Test]
    public async Task EraseAsync_UnknownAtOnce_IsNothing()
    {
        using TestClient client = await ReportedAsync();

        Assert.That((await client.Reporter.EraseAsync()).MaybeErased, Is.Empty);
    }

    [Test]
    public async Task EraseAsync_ReceiptCannotBeWritten_StaysAWish()
    {
        using TestClient client = await ReportedAsync();
        Sink.Answer = proof => new TakeBackResult.Answered(Endpoint.Sign(proof));

        // A folder in the document's place can be neither read nor written.
        Directory.CreateDirectory(Folder.Combine("state", "receipts.jsonl"));
        UsageErasure erasure = await client.Reporter.EraseAsync();

        Assert.That((erasure.IsKept, erasure.Waiting.Count, erasure.Receipts.Count), Is.EqualTo((true, 1, 1)));
        Assert.That(Files(), Does.Contain("erasures.json"));
    }

    [TestCase("usage_secret"), TestCase("usage_uuid"), TestCase("erasures.json")]
    public async Task EraseAsync_StoreCannotBeRead_KeepsTheNoAndForgetsNothing(string document)
    {
        using (TestClient before = await ReportedAsync())
        {
            Assert.That(await before.Reporter.CanEraseAsync(), Is.True);
        }

        Store = new StoreWithout(document, new FileStateStore(Folder.Combine("state"), new UsageTexts(), TimeProvider.System));
        using TestClient client = Client(Sink);

        Assert.That((await client.Reporter.EraseAsync(isOff: true)).IsKept, Is.False);

        Assert.That((await client.Reporter.GetStatusAsync()).Decision.State, Is.EqualTo(ConsentState.Off));
        Assert.That(Sink.Asked, Is.Empty);
        Assert.That(Files(), Does.Contain("usage_uuid").And.Contain("usage_secret").And.Not.Contain("erasures.json"));
    }

    [Test]
    public async Task EraseAsync_ChoiceCannotBeKept_TakesTheWishBack()
    {
        using TestClient client = await ReportedAsync();
        Directory.CreateDirectory(Folder.Combine("state", "consent.json"));

        Assert.That((await client.Reporter.EraseAsync(isOff: true)).IsKept, Is.False);

        Assert.That(Files(), Does.Not.Contain("erasures.json"));
    }

    private async Task<TestClient> ReportedAsync()
    {
        TestClient client = Client(Sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        return client;
    }

    private sealed class StoreWithout(string document, IUsageStateStore store) : IUsageStateStore
    {
        public string Place => store.Place;

        public ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken) =>
            name == document ? throw new IOException() : store.ReadAsync(name, cancellationToken);

        public ValueTask<bool> TryReplaceAsync(string name, string? expected, string? text, CancellationToken cancellationToken) =>
            store.TryReplaceAsync(name, expected, text, cancellationToken);
    }
}
