using System.Threading.Tasks.Sources;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

/// <summary>Sinks that do what no sink should, beside a good one: the host goes on, and no more is said than is known.</summary>
public sealed class HostileSinkTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly ScriptedPrompt _yes = new(ConsentAnswer.Yes);
    private readonly ScriptedSink _good = new("https://good.example.org/");
    private readonly ScriptedSink _sink = new();
    private readonly ManualTimeProvider _time = new();
    private TemporaryFolder _folder = null!;
    private TestClient _client = null!;

    [SetUp]
    public void StartClient()
    {
        _folder = new TemporaryFolder();
        _good.Deliveries.Clear();
        _sink.Deliveries.Clear();
        _yes.Seen.Clear();
        _client = new TestClient(_folder.Combine("state"), _sink, _good) { Time = _time };
    }

    [TearDown]
    public void EndClient()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    private static IEnumerable<TestCaseData> Failing =>
    [
        Case("throws at once", _ => throw new InvalidOperationException("/srv/alice/canary")),
        Case("throws later", async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("/srv/alice/canary");
        }),
        Case("cancels itself", _ => Task.FromCanceled<DeliveryResult>(new CancellationToken(canceled: true))),
        Case("has no task", _ => null!),
        Case("has no result", _ => Task.FromResult<DeliveryResult>(null!)),
    ];

    [TestCaseSource(nameof(Failing)), Property("Case", 120)]
    public async Task ReportAsync_SinkThatFails_MayHaveArrivedThereAndTheOtherIsDone(Func<CancellationToken, Task<DeliveryResult>> answer)
    {
        _sink.Answer = answer;

        ReportOutcome outcome = await _client.Reporter.ReportAsync(_yes);
        await _client.Reporter.ReportAsync(_yes);

        AssertNotConfirmed(outcome);
        Assert.That(_good.Deliveries, Has.Count.EqualTo(1));
        Assert.That(_sink.Deliveries.Select(delivery => delivery.IsRepeat), Is.EqualTo(new[] { false, true }));
        Assert.That(_client.Log.Lines, Has.None.Contains("canary"));
    }

    [TestCase(false), TestCase(true), Property("Case", 120)]
    public async Task ReportAsync_SinkThatHangs_IsLeftBehindAfterAMinute(bool blocksItsThread)
    {
        using ManualResetEventSlim end = new();
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _sink.Answer = _ =>
        {
            started.SetResult();
            if (blocksItsThread)
            {
                end.Wait(CancellationToken.None);
            }

            return new TaskCompletionSource<DeliveryResult>().Task;
        };

        Task<ReportOutcome> reporting = Task.Run(() => _client.Reporter.ReportAsync(_yes));
        await started.Task.WaitAsync(Bound);
        _time.Advance(TimeSpan.FromSeconds(69));
        Assert.That(reporting.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(1));

        AssertNotConfirmed(await reporting.WaitAsync(Bound));
        Assert.That(_good.Deliveries, Has.Count.EqualTo(1));
        end.Set();
    }

    [Test, Property("Case", 120)]
    public async Task ReportAsync_CancelledWhileTheSinkBlocksItsThread_MayHaveArrived()
    {
        using ManualResetEventSlim end = new();
        using CancellationTokenSource interrupt = new();
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _sink.Answer = _ =>
        {
            started.SetResult();
            end.Wait(CancellationToken.None);
            return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted());
        };

        Task<ReportOutcome> reporting = Task.Run(() => _client.Reporter.ReportAsync(_yes, interrupt.Token));
        await started.Task.WaitAsync(Bound);
        await interrupt.CancelAsync();

        AssertNotConfirmed(await reporting.WaitAsync(Bound));
        end.Set();
    }

    [Test, Property("Case", 120)]
    public async Task ReportAsync_SinkThatCompletesTwice_IsHeardOnce()
    {
        using TestClient client = new(_folder.Combine("state"), new TwiceSink());

        Assert.That(await client.Reporter.ReportAsync(_yes).WaitAsync(Bound), Is.EqualTo(new ReportOutcome.Sent()));
        Assert.That((await client.Reporter.GetHistoryAsync()).Single().Answer, Is.EqualTo("accepted"));
    }

    [Test, Property("Case", 120)]
    public async Task ReportAsync_SinkThatReportsItself_IsNotSentASecondReport()
    {
        ReportOutcome? inner = null;
        _sink.Answer = async token =>
        {
            inner ??= await _client.Reporter.ReportAsync(new ScriptedPrompt(ConsentAnswer.No), token);
            return new DeliveryResult.Accepted();
        };

        Assert.That(await _client.Reporter.ReportAsync(_yes).WaitAsync(Bound), Is.EqualTo(new ReportOutcome.Sent()));
        Assert.That(inner, Is.EqualTo(new ReportOutcome.Declined()));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(1));
    }

    [Test, Property("Case", 122)]
    public async Task ReportAsync_SwitchedOffWhileItIsSent_IsNotSentAgain()
    {
        _sink.Answer = _ =>
        {
            _client.Machine.Variables["DO_NOT_TRACK"] = "1";
            return Task.FromResult(ScriptedSink.Unanswered);
        };
        AssertNotConfirmed(await _client.Reporter.ReportAsync(_yes));

        Assert.That(
            await _client.Reporter.ReportAsync(_yes), Is.EqualTo(new ReportOutcome.SwitchedOff("DO_NOT_TRACK is set")));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(1));
    }

    private static TestCaseData Case(string name, Func<CancellationToken, Task<DeliveryResult>> answer) =>
        new TestCaseData(answer).SetArgDisplayNames(name);

    private void AssertNotConfirmed(ReportOutcome outcome) =>
        Assert.That(_client.Reporter.Describe(outcome), Is.EqualTo(
            new[] { "Could not confirm delivery: the report may or may not have arrived." }));

    /// <summary>Gives two answers to one delivery.</summary>
    private sealed class TwiceSink : IReportSink, IValueTaskSource<DeliveryResult>
    {
        private int _answers;

        public string Destination => "https://twice.example.org/";

        public ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken) =>
            new(this, token: 0);

        public DeliveryResult GetResult(short token) =>
            ++_answers == 1 ? new DeliveryResult.Accepted() : new DeliveryResult.Rejected(["the second answer"]);

        public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Pending;

        public void OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    continuation(state);
                    try
                    {
                        continuation(state);
                    }
                    catch (ArgumentOutOfRangeException)
                    {
                        // The runtime tells the sink that it is wrong, and nobody else.
                    }
                },
                null);
    }
}
