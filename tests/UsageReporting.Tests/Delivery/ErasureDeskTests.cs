using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Delivery;

/// <summary>A person who wants erased what was sent, and endpoints that answer or do not.</summary>
public sealed class ErasureDeskTests
{
    private static readonly string Receipt =
        $$"""{"receipt":{"erased_at":"2026-05-18T12:00:00Z","id_sha256":"{{new string('a', 64)}}","product":"paperless-ngx","reports":2},"signature":"AAAA"}""";

    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _time = null!;
    private ErasingSink _sink = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _time = new ManualTimeProvider(new DateTimeOffset(2026, 5, 18, 12, 0, 0, TimeSpan.Zero));
        _sink = new ErasingSink();
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task EraseAsync_Answered_KeepsTheReceiptAndForgetsTheId()
    {
        using TestClient client = Client(_sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        string id = Text("usage_uuid");
        string secret = Text("usage_secret");
        _sink.Answer = _ => new TakeBackResult.Answered(Receipt);

        UsageErasure erasure = await client.Reporter.EraseAsync();

        Assert.That(_sink.Asked, Is.EqualTo(new[] { new InstallationProof("paperless-ngx", id, secret) }));
        Assert.That((erasure.IsKept, erasure.Receipts.Single().Reports, erasure.Waiting.Count), Is.EqualTo((true, 2, 0)));
        Assert.That(await client.Reporter.GetReceiptsAsync(), Is.EqualTo(new[] { Receipt }));
        Assert.That(Files(), Does.Not.Contain("usage_uuid").And.Not.Contain("usage_secret").And.Not.Contain("erasures.json"));
    }

    [Test]
    public async Task EraseAsync_NotReached_IsAskedAgainUntilAnswered()
    {
        using TestClient client = Client(_sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        string id = Text("usage_uuid");
        _sink.Answer = _ => new TakeBackResult.Unreachable("refused");

        UsageErasure erasure = await client.Reporter.EraseAsync(isOff: true);

        Assert.That(erasure.Waiting, Is.EqualTo(new[] { _sink.Destination }));
        Assert.That(Text("erasures.json"), Does.Contain(id));
        await CheckAsync(client);
        Assert.That(_sink.Asked, Has.Count.EqualTo(1), "It was asked just now.");
        _time.Advance(TimeSpan.FromHours(1));
        await CheckAsync(client);
        Assert.That(_sink.Asked, Has.Count.EqualTo(2));
        using TestClient restarted = Client(_sink);
        _sink.Answer = _ => new TakeBackResult.Unknown();
        _time.Advance(TimeSpan.FromHours(1));
        await (await restarted.Reporter.BeginRunAsync(new ScriptedPrompt(ConsentAnswer.No))).Work;
        Assert.That(_sink.Asked, Has.Count.EqualTo(3));
        Assert.That(_sink.Asked.Select(proof => proof.Id), Is.All.EqualTo(id));
        Assert.That(Files(), Does.Not.Contain("erasures.json"));
        await restarted.Reporter.EraseAsync();
        Assert.That(_sink.Asked, Has.Count.EqualTo(3), "There is nothing left to prove.");
    }

    [Test]
    public async Task EraseAsync_SinkThrowsOrTalksNonsense_StaysAWish()
    {
        using TestClient client = Client(_sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        _sink.Answer = _ => throw new InvalidDataException();
        Assert.That((await client.Reporter.EraseAsync()).Waiting, Has.Count.EqualTo(1));

        _sink.Answer = _ => new TakeBackResult.Answered("{}");
        Assert.That((await client.Reporter.EraseAsync()).Waiting, Has.Count.EqualTo(1));
        Assert.That(await client.Reporter.GetReceiptsAsync(), Is.Empty);
    }

    [Test]
    public async Task EraseAsync_TwoEndpoints_EachIsAskedUntilItAnswers()
    {
        ErasingSink other = new("https://other.example.org/report") { Answer = _ => new TakeBackResult.Unreachable("refused") };
        using TestClient client = Client(_sink, other);
        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That((await client.Reporter.EraseAsync()).Waiting, Is.EqualTo(new[] { other.Destination }));
        Assert.That((await client.Reporter.EraseAsync()).Waiting, Is.EqualTo(new[] { other.Destination }));
        Assert.That((_sink.Asked.Count, other.Asked.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task EraseAsync_RotatingId_ProvesEachPeriodThatMayBeStored()
    {
        using TestClient client = Client(IdentityKind.Rotating, _sink);
        List<string> sent = [];
        for (int week = 0; week < 30; week++)
        {
            await client.ReportAsync(ConsentAnswer.Yes);
            sent.Add((await client.Reporter.GetStatusAsync()).InstallationId!);
            _time.Advance(TimeSpan.FromDays(7));
        }

        await client.Reporter.EraseAsync();

        Assert.That(_sink.Asked.Select(proof => proof.Id), Is.SupersetOf(sent));
        Assert.That(_sink.Asked.Select(proof => proof.Secret).Distinct().Count(), Is.EqualTo(_sink.Asked.Count));
        Assert.That(_sink.Asked, Has.Count.EqualTo(31));
    }

    [Test]
    public async Task EraseAsync_RotatingIdAndNobodyAnswers_IsAskedOnceOnly()
    {
        using TestClient client = Client(IdentityKind.Rotating, _sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        _sink.Answer = _ => new TakeBackResult.Unreachable("refused");

        await client.Reporter.EraseAsync();

        Assert.That(_sink.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CanEraseAsync_NothingSentYet_Cannot()
    {
        using TestClient client = Client(_sink);
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
        using TestClient client = Client(_sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        _sink.Answer = _ => new TakeBackResult.Unreachable("refused");
        await client.Reporter.EraseAsync();

        await client.Reporter.ForgetAsync();

        Assert.That(Files(), Is.EqualTo(new[] { "lock" }));
    }

    [TestCase("null"), TestCase("[null]"), TestCase("[{}]"), TestCase("nonsense")]
    public async Task EraseAsync_DamagedWishes_AreNone(string text)
    {
        using TestClient client = Client(_sink);
        await client.ReportAsync(ConsentAnswer.Yes);
        await File.WriteAllTextAsync(_folder.Combine("state", "erasures.json"), text);

        await client.Reporter.EraseAsync();

        Assert.That(_sink.Asked, Has.Count.EqualTo(1));
    }

    private static Task CheckAsync(TestClient client) =>
        client.Reporter.AskToEraseAgainAsync(CancellationToken.None);

    private IEnumerable<string?> Files() => Directory.GetFiles(_folder.Combine("state")).Select(Path.GetFileName);

    private string Text(string name) => File.ReadAllText(_folder.Combine("state", name)).Trim();

    private TestClient Client(params IReportSink[] sinks) => Client(IdentityKind.Stable, sinks);

    private TestClient Client(IdentityKind kind, params IReportSink[] sinks) => new(_folder.Combine("state"), sinks)
    {
        Time = _time,
        Configure = options => options.Identity = new ReportIdentity { Kind = kind },
        Add = builder => builder.AddIdentityFields(kind == IdentityKind.Stable
            ? [IdentityFields.ErasureKey()]
            : [IdentityFields.Period(RotationPeriod.Week), IdentityFields.ErasureKey()]),
    };
}
