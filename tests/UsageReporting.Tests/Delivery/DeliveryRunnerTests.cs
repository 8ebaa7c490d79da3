using NUnit.Framework;
using UsageReporting.Core;
using UsageReporting.Core.Delivery;
using UsageReporting.Core.Identity;
using UsageReporting.Core.Recording;
using UsageReporting.Core.State;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Delivery;

public sealed class DeliveryRunnerTests
{
    private static readonly DeliveryResult Accepted = new DeliveryResult.Accepted();
    private static readonly DateTimeOffset Then = new(2026, 5, 15, 10, 0, 0, TimeSpan.Zero);

    private CapturedLog _log = null!;
    private TemporaryFolder _folder = null!;
    private Spool _spool = null!;
    private LastReport _last = null!;
    private ReportHistory _history = null!;
    private TallyStore _tallies = null!;

    private static FrozenReport Fresh => new(Paperless.Report, new DateTimeOffset(2026, 5, 18, 12, 0, 0, TimeSpan.Zero), [], []);

    [SetUp]
    public void StartSpool()
    {
        _log = new CapturedLog();
        _folder = new TemporaryFolder();
        UsageState state = TestState.In(_folder.Path, _log);
        _spool = new Spool(state);
        _last = new LastReport(state, Paperless.Schema);
        _history = new ReportHistory(state);
        _tallies = new TallyStore(state);
    }

    [TearDown]
    public void EndSpool()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Test, Property("Case", 112)]
    public async Task DeliverAsync_BeforeTheSinkIsCalled_TheAttemptIsOnDisk()
    {
        FrozenReport? onDisk = null;
        ScriptedSink sink = new()
        {
            Answer = async _ =>
            {
                onDisk = await _spool.ReadAsync();
                return Accepted;
            },
        };

        await DeliverAsync(Fresh, sink);

        Assert.That(onDisk!.Report, Is.EqualTo(Paperless.Report));
        Assert.That(onDisk.Begun, Is.EqualTo(new[] { sink.Destination }));
        Assert.That(onDisk.Done, Is.Empty);
    }

    private static IEnumerable<DeliveryResult> FinalAnswers =>
    [
        Accepted,
        new DeliveryResult.AlreadyReported(Then, Then.AddDays(7)),
        new DeliveryResult.Rejected(["arch: is absent."]),
        new DeliveryResult.Unauthorized(),
        ScriptedSink.Refused,
    ];

    [TestCaseSource(nameof(FinalAnswers))]
    public async Task DeliverAsync_FinalAnswer_DropsTheReport(DeliveryResult answer)
    {
        IReadOnlyList<DeliveryResult>? results = await DeliverAsync(Fresh, new ScriptedSink().Answering(answer));

        Assert.That(results, Is.EqualTo(new[] { answer }));
        Assert.That(await _spool.ReadAsync(), Is.Null);
    }

    [Test]
    public async Task DeliverAsync_AnswerLost_KeepsTheReport()
    {
        ScriptedSink sink = new ScriptedSink().Answering(ScriptedSink.Unanswered);

        await DeliverAsync(Fresh, sink);

        Assert.That((await _spool.ReadAsync())!.Begun, Is.EqualTo(new[] { sink.Destination }));
    }

    [Test]
    public async Task DeliverAsync_SinkThrows_MayHaveArrivedAndItsMessageIsNotLogged()
    {
        ScriptedSink sink = new() { Answer = _ => throw new InvalidOperationException("canary") };
        ScriptedSink other = new("console");

        IReadOnlyList<DeliveryResult>? results = await DeliverAsync(Fresh, sink, other);

        Assert.That(results, Is.EqualTo(new[]
        {
            new DeliveryResult.Unreachable("InvalidOperationException", MaybeReceived: true), Accepted,
        }));
        Assert.That(_log.Lines.Single(), Does.StartWith("Warning 1003").And.Not.Contain("canary"));
        Assert.That((await _spool.ReadAsync())!.Begun, Is.EqualTo(new[] { sink.Destination }));
    }

    [Test]
    public async Task DeliverAsync_TwoSinksOneAnswered_OnlyTheOtherGetsTheRepeat()
    {
        ScriptedSink answered = new("https://a.example.org/report");
        ScriptedSink silent = new ScriptedSink("https://b.example.org/report").Answering(ScriptedSink.Unanswered);
        await DeliverAsync(Fresh, answered, silent);
        silent.Answering(Accepted);

        IReadOnlyList<DeliveryResult>? results = await DeliverAsync((await _spool.ReadAsync())!, answered, silent);

        Assert.That(results, Is.EqualTo(new[] { Accepted }));
        Assert.That(answered.Deliveries, Has.Count.EqualTo(1));
        Assert.That(silent.Deliveries.Select(delivery => delivery.IsRepeat), Is.EqualTo(new[] { false, true }));
        Assert.That(silent.Reports, Is.All.EqualTo(Paperless.Report));
        Assert.That(await _spool.ReadAsync(), Is.Null);
    }

    [Test]
    public async Task DeliverAsync_RepeatCertainlyNotReceived_DoesNotTakeTheFirstAttemptBack()
    {
        ScriptedSink sink = new ScriptedSink().Answering(ScriptedSink.Unanswered);
        await DeliverAsync(Fresh, sink);
        sink.Answering(ScriptedSink.Refused);

        IReadOnlyList<DeliveryResult>? results = await DeliverAsync((await _spool.ReadAsync())!, sink);

        Assert.That(results, Is.EqualTo(new[] { new DeliveryResult.Unreachable("refused", MaybeReceived: true) }));
        Assert.That((await _spool.ReadAsync())!.Begun, Is.EqualTo(new[] { sink.Destination }));
    }

    [Test]
    public async Task DeliverAsync_AttemptCannotBeNoted_IsNotMade()
    {
        Directory.CreateDirectory(_folder.Combine("frozen_report.json"));
        ScriptedSink sink = new();

        Assert.That(await DeliverAsync(Fresh, sink), Is.Null);
        Assert.That(sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task DeliverAsync_OnlyASinkThatIsGoneNeverAnswered_DropsTheReport()
    {
        ScriptedSink sink = new();
        FrozenReport report = Fresh.WithBegun("https://gone.example.org/report");
        await FreezeAsync(report);

        Assert.That(await DeliverAsync(report, sink), Is.EqualTo(new[] { Accepted }));
        Assert.That(await _spool.ReadAsync(), Is.Null);
    }

    [Test]
    public async Task DeliverAsync_HistoryCannotBeWritten_NeverCallsTheSink()
    {
        ScriptedSink sink = new();
        Directory.CreateDirectory(_folder.Combine("history.jsonl"));

        Assert.That(await DeliverAsync(Fresh, sink), Is.Null);
        Assert.That(sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task DeliverAsync_AnswerCannotBeNoted_KeepsTheReportForTheNextAnswer()
    {
        ScriptedSink sink = new()
        {
            Answer = _ =>
            {
                File.Delete(_folder.Combine("history.jsonl"));
                Directory.CreateDirectory(_folder.Combine("history.jsonl"));
                return Task.FromResult(Accepted);
            },
        };

        Assert.That(await DeliverAsync(Fresh, sink), Is.EqualTo(new[] { Accepted }));
        Assert.That((await _spool.ReadAsync())!.Begun, Is.EqualTo(new[] { sink.Destination }));
    }

    [Test]
    public async Task DeliverAsync_SecondSinkCannotBeNoted_TheFirstAnswerStands()
    {
        ScriptedSink first = new()
        {
            Answer = _ =>
            {
                File.Delete(_folder.Combine("frozen_report.json"));
                Directory.CreateDirectory(_folder.Combine("frozen_report.json"));
                return Task.FromResult(Accepted);
            },
        };
        ScriptedSink second = new("console");

        Assert.That(await DeliverAsync(Fresh, first, second), Is.EqualTo(new[] { Accepted }));
        Assert.That(second.Deliveries, Is.Empty);
    }

    [Test]
    public async Task DeliverAsync_SinkWithoutAResult_MayHaveReceivedIt()
    {
        ScriptedSink sink = new() { Answer = _ => Task.FromResult<DeliveryResult>(null!) };

        Assert.That(
            await DeliverAsync(Fresh, sink),
            Is.EqualTo(new[] { new DeliveryResult.Unreachable("no result", MaybeReceived: true) }));
    }

    [Test]
    public async Task DeliverAsync_AnotherProcessHasTheAnswer_IsNotSentAgain()
    {
        ScriptedSink sink = new();
        await FreezeAsync(Fresh);
        await _spool.NoteAsync(Fresh, frozen => frozen.WithDone(sink.Destination));

        Assert.That(await DeliverAsync(Fresh, sink), Is.Empty);
        Assert.That(sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task DeliverAsync_AnotherProcessBeganIt_IsARepeat()
    {
        ScriptedSink sink = new();
        await FreezeAsync(Fresh);
        await _spool.NoteAsync(Fresh, frozen => frozen.WithBegun(sink.Destination));

        await DeliverAsync(Fresh, sink);

        Assert.That(sink.Deliveries.Single().IsRepeat, Is.True);
    }

    [Test]
    public async Task DeliverAsync_AnotherProcessIsDoneWithIt_IsLeftAlone()
    {
        ScriptedSink sink = new();
        DeliveryRunner runner = Runner(sink);

        var (noted, _) = await runner.DeliverAsync(Fresh, CancellationToken.None);

        Assert.That(noted, Is.EqualTo(KeepResult.AnotherIsKept));
        Assert.That(sink.Deliveries, Is.Empty);
        Assert.That(await _history.ReadAsync(), Is.Empty);
    }

    private Task<KeepResult> FreezeAsync(FrozenReport report) => _spool.FreezeAsync(report, _ => Task.FromResult(false));

    // Null where the first attempt could not be noted.
    private async Task<IReadOnlyList<DeliveryResult>?> DeliverAsync(FrozenReport report, params IReportSink[] sinks)
    {
        if (await _spool.ReadAsync() is null)
        {
            await FreezeAsync(report);
        }

        (KeepResult noted, IReadOnlyList<DeliveryResult> results) =
            await Runner(sinks).DeliverAsync(report, CancellationToken.None);
        return noted == KeepResult.Kept ? results : null;
    }

    private DeliveryRunner Runner(params IReportSink[] sinks) => new(
        sinks,
        new ReportRenderer(sinks, _log.For<ReportRenderer>()),
        _spool,
        _history,
        _tallies,
        _last,
        Paperless.Schema,
        ConsentMode.AskEachTime,
        new UsageMetrics(),
        new ManualTimeProvider(),
        _log.For<DeliveryRunner>());
}
