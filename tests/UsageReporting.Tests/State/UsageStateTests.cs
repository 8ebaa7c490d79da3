using Moq;
using NUnit.Framework;
using UsageReporting.Core.State;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.State;

public sealed class UsageStateTests
{
    private readonly Mock<IUsageStateStore> _store = new();
    private readonly ManualTimeProvider _time = new();
    private CapturedLog _log = null!;
    private UsageState _state = null!;

    [SetUp]
    public void StartState()
    {
        _log = new CapturedLog();
        _state = new UsageState(_store.Object, _time, _log.For<UsageState>());
    }

    [TearDown]
    public void EndState() => _log.Dispose();

    [Test]
    public async Task ReadAsync_StoreThrows_IsNullAndItsMessageIsNotLogged()
    {
        _store.Setup(s => s.ReadAsync("a", It.IsAny<CancellationToken>())).Throws(new InvalidOperationException("canary"));

        Assert.That(await _state.ReadAsync("a"), Is.Null);
        Assert.That(_log.Lines.Single(), Does.StartWith("Warning 1004").And.Not.Contain("canary"));
    }

    [Test]
    public async Task TryChangeAsync_StoreCannotRead_ReplacesNothing()
    {
        _store.Setup(s => s.ReadAsync("a", It.IsAny<CancellationToken>())).Throws(new InvalidOperationException());
        _store.Setup(s => s.TryReplaceAsync("a", null, "text", It.IsAny<CancellationToken>())).ReturnsAsync(true);

        Assert.That(await _state.TryReadAsync("a"), Is.EqualTo((false, (string?)null)));
        Assert.That(await _state.TryChangeAsync("a", _ => "text"), Is.False);
    }

    [Test, Property("Case", 105)]
    public async Task TryReplaceAsync_StoreHangs_IsLeftBehind()
    {
        TaskCompletionSource<bool> never = new();
        TaskCompletionSource called = new();
        _store.Setup(s => s.TryReplaceAsync("a", null, "text", It.IsAny<CancellationToken>())).Returns(() =>
        {
            called.SetResult();
            return new ValueTask<bool>(never.Task);
        });

        Task<KeepResult> keeping = _state.TryReplaceAsync("a", null, "text");
        await called.Task.WaitAsync(TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(await keeping.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(KeepResult.NoPlace));
        Assert.That(_log.Lines.Single(), Does.StartWith("Warning 1004").And.Contain("TimeoutException"));
    }

    [Test]
    public async Task TryChangeAsync_AnotherWasFaster_ChangesWhatThatOneKept()
    {
        Queue<string?> texts = new([null, "of another"]);
        _store.Setup(s => s.ReadAsync("a", It.IsAny<CancellationToken>())).ReturnsAsync(texts.Dequeue);
        _store.Setup(s => s.TryReplaceAsync("a", "of another", "of another, and mine", It.IsAny<CancellationToken>()))
            .ReturnsAsync(true);

        Assert.That(await _state.TryChangeAsync("a", text => $"{text}, and mine"), Is.True);
    }

    [Test]
    public async Task TryChangeAsync_StoreThatNeverReplaces_GivesUp()
    {
        Assert.That(await _state.TryChangeAsync("a", _ => "text"), Is.False);
    }
}
