using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Moq;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Downloads;

namespace UsageReporting.Tests.Server.Downloads;

/// <summary>What cannot be had from a real store: one that hangs, and one that is full; and a host's catalogue.</summary>
public sealed class DownloadIntakeTests
{
    private const string Two = """{"downloads":[{"name":"a/b","version":"1.0.0.0"},{"name":"a/c","version":"1.0.0.0"},{"name":"d/e","version":"1.0.0.0"},7]}""";

    private readonly ConcurrentQueue<string> _counted = new();
    private ServiceProvider _services = null!;
    private MeterListener _listener = null!;
    private ManualTimeProvider _time = null!;
    private AnsweringStore _store = null!;
    private Mock<IPackageCatalog> _catalog = null!;
    private PackageRollupSignal _signal = null!;
    private DownloadIntake _intake = null!;

    [SetUp]
    public void SetUp()
    {
        _counted.Clear();
        _services = new ServiceCollection().AddMetrics().AddSingleton<DownloadMetrics>().BuildServiceProvider();
        IMeterFactory factory = _services.GetRequiredService<IMeterFactory>();
        DownloadMetrics metrics = _services.GetRequiredService<DownloadMetrics>();
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _counted.Enqueue($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"));
        _listener.Start();

        _time = new ManualTimeProvider();
        _store = new AnsweringStore();
        _catalog = new Mock<IPackageCatalog>();
        _catalog.Setup(catalog => catalog.Counts(It.Is<string>(name => name.StartsWith("a/")))).Returns(true);
        _signal = new PackageRollupSignal();
        _signal.Clear();
        _intake = new DownloadIntake(
            _catalog.Object, _store, Options.Create(new DownloadsOptions()), _time, _signal, metrics,
            NullLogger<DownloadIntake>.Instance);
    }

    [TearDown]
    public void TearDown()
    {
        _intake.Dispose();
        _listener.Dispose();
        _services.Dispose();
    }

    [Test]
    public async Task TakeAsync_Stored_CountsByOutcomeAndWakesTheJob()
    {
        _store.Answer = Task.FromResult<int?>(1);

        Assert.That(await TakeAsync(Two), Is.EqualTo("200 {\"status\":\"ok\"}"));
        Assert.That(_counted, Is.EqualTo(new[] { "1 malformed", "1 unknown", "1 counted", "1 repeated" }.Select(o => $"usage_reporting.installs {o}")));
        Assert.That(_signal.IsSet, Is.True);
    }

    [Test]
    public async Task TakeAsync_QueueFullOrDiskFull_IsOkAndDropped()
    {
        _store.Answer = Task.FromResult<int?>(null);

        Assert.That(await TakeAsync(Two), Is.EqualTo("200 {\"status\":\"ok\"}"));
        Assert.That(_counted, Does.Contain("usage_reporting.installs 2 dropped"));
        Assert.That(_signal.IsSet, Is.False);
    }

    [Test]
    public async Task TakeAsync_DiskHangs_IsAnsweredAfterItsPatienceAndCountedLater()
    {
        TaskCompletionSource<int?> hanging = new();
        _store.Answer = hanging.Task;
        Task<string> answer = TakeAsync(Two);

        _time.Advance(ServerLimits.NotificationPatience - TimeSpan.FromMilliseconds(1));
        bool isAnsweredBefore = answer.IsCompleted;
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(isAnsweredBefore, Is.False);
        Assert.That(await answer.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo("200 {\"status\":\"ok\"}"));
        hanging.SetResult(2);
        Assert.That(_counted, Does.Contain("usage_reporting.installs 2 counted"));
    }

    [Test]
    public async Task TakeAsync_NoRoomAmongThoseThatWait_WaitsForSomeOrIsDropped()
    {
        TaskCompletionSource<int?> hanging = new();
        _store.Answer = hanging.Task;
        Task<string>[] waiting = [.. Enumerable.Range(0, ServerLimits.WaitingNotifications).Select(_ => TakeAsync(Two))];
        _time.Advance(ServerLimits.NotificationPatience);
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30));

        Task<string> dropped = TakeAsync(Two);
        _time.Advance(ServerLimits.NotificationRoomWithin - TimeSpan.FromMilliseconds(1));
        bool isAnsweredBefore = dropped.IsCompleted;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        string answer = await dropped.WaitAsync(TimeSpan.FromSeconds(30));
        Task<string> late = TakeAsync(Two);
        hanging.SetResult(2);
        await late.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That((isAnsweredBefore, answer), Is.EqualTo((false, "200 {\"status\":\"ok\"}")));
        Assert.That(_counted.Count(outcome => outcome.EndsWith("dropped", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(_counted.Count(outcome => outcome.EndsWith("counted", StringComparison.Ordinal)), Is.EqualTo(ServerLimits.WaitingNotifications + 1));
    }

    [Test]
    public async Task TakeAsync_CatalogueThrows_CostsThatEntryOnly()
    {
        _catalog.Setup(catalog => catalog.Counts("a/b")).Throws<InvalidOperationException>();
        _store.Answer = Task.FromResult<int?>(1);

        Assert.That(await TakeAsync(Two), Is.EqualTo("200 {\"status\":\"ok\"}"));
        Assert.That(_store.Last?.Installs.Select(install => install.Package), Is.EqualTo(new[] { "a/c" }));
    }

    private async Task<string> TakeAsync(string body)
    {
        DefaultHttpContext context = new();
        context.Request.Method = "POST";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        using MemoryStream answer = new();
        context.Response.Body = answer;
        await _intake.TakeAsync(context);
        await context.Response.BodyWriter.FlushAsync();
        return $"{context.Response.StatusCode} {Encoding.UTF8.GetString(answer.ToArray())}";
    }
}
