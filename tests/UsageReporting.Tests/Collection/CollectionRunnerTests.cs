using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.Core;
using UsageReporting.Core.Collection;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Collection;

public sealed class CollectionRunnerTests
{
    private const string Canary = "/srv/alice/canary-4711";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly ConsentDecision Everything = new(ConsentState.Ask, UsageLevel.Full, "");
    private static readonly FlagField First = UsageField.Flag("first", "First", "Why.");
    private static readonly FlagField Second = UsageField.Flag("second", "Second", "Why.");
    private static readonly CountField Number = UsageField.Count("number", "Number", "Why.", 0, 10);

    private readonly ManualTimeProvider _time = new();
    private CapturedLog _log = null!;

    [SetUp]
    public void StartLog() => _log = new CapturedLog();

    [TearDown]
    public void EndLog() => _log.Dispose();

    private static IEnumerable<TestCaseData> Failures =>
    [
        Failure("while it is made", _ => throw new InvalidOperationException(Canary)),
        Failure("at once", _ => new LambdaCollector((_, _) => throw new InvalidOperationException(Canary))),
        Failure("later", _ => new LambdaCollector(async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException(Canary);
        })),
        Failure("with a value set before", _ => new LambdaCollector((values, _) =>
        {
            values.Set(First, true);
            throw new InvalidOperationException(Canary);
        })),
        Failure("by cancelling itself", _ => new LambdaCollector((_, _) => throw new OperationCanceledException(Canary))),
        Failure("by setting what it does not declare", _ => new LambdaCollector((values, _) =>
        {
            values.Set(Second, true);
            return ValueTask.CompletedTask;
        })),
    ];

    [TestCaseSource(nameof(Failures))]
    public async Task CollectAsync_CollectorFails_CostsItsFieldsAndNothingElse(Func<IServiceProvider, IUsageCollector> failing)
    {
        CollectedValues collected = await CollectAsync(
            new CollectorRegistration("failing", [First], failing), Registration("good", Second, true));

        Assert.That(collected.Values.Keys, Is.EqualTo(new[] { "second" }));
        Assert.That(collected.LeftOut, Is.EqualTo(new[] { new LeftOutField(First, LeftOutReason.Failed) }));
        Assert.That(_log.Lines, Has.Count.EqualTo(1));
        Assert.That(_log.Lines[0], Does.StartWith("Warning 1000").And.Contain("failing").And.Not.Contain(Canary));
    }

    [Test]
    public async Task CollectAsync_ValueOutsideItsDeclaration_IsLeftOutAndNeverLogged()
    {
        CollectedValues collected = await CollectAsync(new CollectorRegistration(
            "numbers",
            [Number],
            _ => new LambdaCollector((values, _) =>
            {
                values.Set(Number, 4_711);
                return ValueTask.CompletedTask;
            })));

        Assert.That(collected.Values, Is.Empty);
        Assert.That(collected.LeftOut, Is.EqualTo(new[] { new LeftOutField(Number, LeftOutReason.Undeclared) }));
        Assert.That(_log.Lines.Single(), Does.Contain("numbers yielded 1 values").And.Not.Contain("4711"));
    }

    [Test]
    public async Task CollectAsync_CollectorHangs_IsLeftBehindAfterFiveSeconds()
    {
        CancellationToken seen = default;
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<CollectedValues> collecting = CollectAsync(
            new CollectorRegistration("hanging", [First], _ => new LambdaCollector(async (_, token) =>
            {
                seen = token;
                started.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            })),
            Registration("good", Second, true));
        await started.Task.WaitAsync(Bound);

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.That(seen.IsCancellationRequested, Is.False);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        CollectedValues collected = await collecting.WaitAsync(Bound);

        Assert.That(seen.IsCancellationRequested, Is.True);
        Assert.That(collected.LeftOut, Is.EqualTo(new[] { new LeftOutField(First, LeftOutReason.TooSlow) }));
        Assert.That(collected.Values.Keys, Is.EqualTo(new[] { "second" }));
        Assert.That(_log.Lines.Single(), Does.StartWith("Warning 1001").And.Contain("hanging took longer than 5 s"));
    }

    [Test]
    public async Task CollectAsync_CollectorBlocksItsThread_IsLeftBehindAndChangesNothingLater()
    {
        using ManualResetEventSlim release = new();
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<CollectedValues> collecting = CollectAsync(new CollectorRegistration(
            "blocking", [First], _ => new LambdaCollector((values, _) =>
            {
                release.Wait(CancellationToken.None);
                values.Set(First, true);
                ended.SetResult();
                return ValueTask.CompletedTask;
            })));

        _time.Advance(TimeSpan.FromSeconds(5));
        CollectedValues collected = await collecting.WaitAsync(Bound);
        release.Set();
        await ended.Task.WaitAsync(Bound);

        Assert.That(collected.Values, Is.Empty);
        Assert.That(collected.LeftOut.Single().Reason, Is.EqualTo(LeftOutReason.TooSlow));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task CollectAsync_HostCancels_IsRethrown(bool collectorNotices)
    {
        using CancellationTokenSource host = new();
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<CollectedValues> collecting = CollectAsync(
            host.Token,
            new CollectorRegistration("waiting", [First], _ => new LambdaCollector(async (_, token) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, collectorNotices ? token : CancellationToken.None);
            })));
        await started.Task.WaitAsync(Bound);

        await host.CancelAsync();

        Assert.That(async () => await collecting.WaitAsync(Bound), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public async Task CollectAsync_CollectorAboveTheLevel_IsNeverMade()
    {
        FlagField full = First with { Level = UsageLevel.Full };
        CollectedValues collected = await CollectAsync(
            Everything with { Level = UsageLevel.Middle },
            CancellationToken.None,
            new CollectorRegistration("full", [full], _ =>
            {
                Assert.Fail("It was made.");
                throw new InvalidOperationException();
            }));

        Assert.That(collected.Values, Is.Empty);
        Assert.That(collected.LeftOut, Is.Empty);
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public async Task CollectAsync_CollectorPartlyAboveTheLevel_GivesOnlyWhatMayBeReported()
    {
        FlagField full = Second with { Level = UsageLevel.Full };
        CollectorRegistration both = new("both", [First, full], _ => new LambdaCollector((values, _) =>
        {
            values.Set(First, true);
            values.Set(full, true);
            return ValueTask.CompletedTask;
        }));

        CollectedValues collected = await CollectAsync(
            Everything with { Level = UsageLevel.Basic }, CancellationToken.None, both);

        Assert.That(collected.Values.Keys, Is.EqualTo(new[] { "first" }));
    }

    [Test]
    public async Task CollectAsync_TwoCollectors_EachHasAScopeThatIsDisposedAfterwards()
    {
        List<Scoped> made = [];
        ServiceCollection services = new();
        services.AddScoped(_ => new Scoped());
        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);

        await CollectAsync(
            provider,
            Everything,
            CancellationToken.None,
            Scoping(First, disposedBefore: 0),
            Scoping(Second, disposedBefore: 1));

        Assert.That(made, Has.Count.EqualTo(2));
        Assert.That(made[0], Is.Not.SameAs(made[1]));
        Assert.That(made.All(scoped => scoped.IsDisposed), Is.True);

        CollectorRegistration Scoping(FlagField field, int disposedBefore) => new(field.Name, [field], scope =>
        {
            Assert.That(made.Count(scoped => scoped.IsDisposed), Is.EqualTo(disposedBefore));
            made.Add(scope.GetRequiredService<Scoped>());
            Assert.That(scope.GetRequiredService<Scoped>(), Is.SameAs(made[^1]));
            return new LambdaCollector((_, _) => ValueTask.CompletedTask);
        });
    }

    private static CollectorRegistration Registration(string name, FlagField field, bool value) =>
        new(name, [field], _ => new LambdaCollector((values, _) =>
        {
            values.Set(field, value);
            return ValueTask.CompletedTask;
        }));

    private static TestCaseData Failure(string name, Func<IServiceProvider, IUsageCollector> create) =>
        new TestCaseData(create).SetArgDisplayNames(name);

    private Task<CollectedValues> CollectAsync(params CollectorRegistration[] registrations) =>
        CollectAsync(CancellationToken.None, registrations);

    private Task<CollectedValues> CollectAsync(
        CancellationToken cancellationToken, params CollectorRegistration[] registrations) =>
        CollectAsync(Everything, cancellationToken, registrations);

    private Task<CollectedValues> CollectAsync(
        ConsentDecision decision, CancellationToken cancellationToken, params CollectorRegistration[] registrations) =>
        CollectAsync(new ServiceCollection().BuildServiceProvider(), decision, cancellationToken, registrations);

    private Task<CollectedValues> CollectAsync(
        ServiceProvider services,
        ConsentDecision decision,
        CancellationToken cancellationToken,
        params CollectorRegistration[] registrations) =>
        new CollectionRunner(
            registrations,
            services.GetRequiredService<IServiceScopeFactory>(),
            new UsageMetrics(),
            _time,
            _log.For<CollectionRunner>())
            .CollectAsync(decision, cancellationToken);

    private sealed class Scoped : IAsyncDisposable
    {
        public bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
