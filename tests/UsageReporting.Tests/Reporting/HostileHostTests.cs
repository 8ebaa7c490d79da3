using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.Core.State;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

/// <summary>A whole report in hosts, on clocks and beside other processes as a library cannot choose them.</summary>
public sealed class HostileHostTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly ScriptedSink _sink = new();
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _sink.Deliveries.Clear();
        _sink.Answering(new DeliveryResult.Accepted());
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test, Property("Case", 121)]
    public async Task ReportAsync_ThreadThatWaitsForItself_ComesToAnEnd()
    {
        await using LoopbackServer server = new("HTTP/1.1 204 No Content\r\n\r\n");
        using TestClient client = Client(builder => builder
            .AddHttpSink(server.Endpoint.AbsoluteUri)
            .AddFileSink(_folder.Combine("reports.jsonl"))
            .AddConsoleSink());
        TaskCompletionSource<ReportOutcome> outcome = new();
        SilentContext context = new();
        Thread thread = new(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            UsageReporter reporter = client.Reporter;
            ConsoleConsentPrompt prompt = new(new StringReader("yes\n"), TextWriter.Null, isTerminal: true);
            ReportOutcome result = reporter.ReportAsync(prompt).GetAwaiter().GetResult();
            reporter.GetStatusAsync().GetAwaiter().GetResult();
            reporter.GetHistoryAsync().GetAwaiter().GetResult();
            reporter.ResetIdAsync().GetAwaiter().GetResult();
            reporter.Dispose();
            outcome.SetResult(result);
        }) { IsBackground = true };

        thread.Start();

        Assert.That(await outcome.Task.WaitAsync(Bound), Is.EqualTo(new ReportOutcome.Sent()));
        Assert.That(context.Posts, Is.Zero);
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("tr-TR"), TestCase("fa-IR"), TestCase("ar-SA"), TestCase("th-TH"), TestCase("de-DE"), TestCase("")]
    [Property("Case", 121)]
    public async Task ReportAsync_CultureOfTheHost_ChangesNoByte(string culture)
    {
        (string Report, string Text, string History, string Schema) expected = await RunAsync("en-US");

        Assert.That(await RunAsync(culture), Is.EqualTo(expected));
        Assert.That(expected.Report, Is.EqualTo(Paperless.Report));

        Task<(string, string, string, string)> RunAsync(string name) => Task.Run(async () =>
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
            using TestClient client = new(_folder.Combine($"state-{name}"), _sink);
            Directory.CreateDirectory(client.DataDirectory);
            await File.WriteAllTextAsync(client.IdFile, Paperless.Id);
            ScriptedPrompt prompt = new(ConsentAnswer.Yes);
            ReportOutcome outcome = await client.Reporter.ReportAsync(prompt);
            return (
                _sink.Reports.Last(),
                prompt.Seen.Single().ToText() + string.Concat(client.Reporter.Describe(outcome)),
                await File.ReadAllTextAsync(client.HistoryFile),
                Encoding.UTF8.GetString(client.Reporter.Schema.ToJson()));
        });
    }

    [TestCase("0001-01-01T00:00:00Z"), TestCase("1970-01-01T00:00:00Z"), TestCase("2038-01-19T03:14:07Z")]
    [TestCase("2100-02-28T23:59:59Z"), TestCase("9999-12-31T12:00:00Z")]
    [Property("Case", 113)]
    public async Task ReportAsync_ClockThatIsWrong_SendsAndSaysWhatItSaysOtherwise(string now)
    {
        ManualTimeProvider time = new(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        using TestClient client = new(_folder.Combine("state"), _sink) { Time = time };
        _sink.Answering(ScriptedSink.Unanswered);
        await client.ReportAsync(ConsentAnswer.Yes);
        Assert.That((await client.Reporter.GetStatusAsync()).IsWaiting, Is.True);
        _sink.Answering(new DeliveryResult.Accepted());

        ReportOutcome outcome = await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(client.Reporter.Describe(outcome), Is.EqualTo(new[] { "Report sent. Thank you." }));
        Assert.That(_sink.Deliveries[1].Report.ToArray(), Is.EqualTo(_sink.Deliveries[0].Report.ToArray()));
        Assert.That(
            (await client.Reporter.GetHistoryAsync()).Select(sent => (sent.At, sent.Answer)),
            Is.EqualTo(new[] { (time.GetUtcNow(), "accepted") }));
        Assert.That(File.Exists(client.FrozenFile), Is.False);
    }

    [TestCase(-1), TestCase(-20_000), TestCase(1), TestCase(20_000)]
    [Property("Case", 113)]
    public async Task ReportAsync_ClockIsPutRightWhileItIsSent_IsCountedOnceAndTheNextIsNew(int days)
    {
        ManualTimeProvider time = new();
        using TestClient client = new(_folder.Combine("state"), _sink) { Time = time };
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);
        _sink.Answer = _ =>
        {
            time.SetUtcNow(time.GetUtcNow().AddDays(days));
            return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted());
        };

        // A clock that is driven forward takes the time with it that a sink may take.
        ReportOutcome first = await client.Reporter.ReportAsync(prompt);
        _sink.Answering(new DeliveryResult.Accepted());
        await client.Reporter.ReportAsync(prompt);
        await client.Reporter.ReportAsync(prompt);

        Assert.That(first is ReportOutcome.Sent || days > 0, Is.True);
        Assert.That(prompt.Seen[2].IsRepeat, Is.False);
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(3));
        Assert.That(File.Exists(client.FrozenFile), Is.False);
        Assert.That((await client.Reporter.GetStatusAsync()).IsWaiting, Is.False);
    }

    // Also beside a clock that a test drives: other processes do not follow it.
    [Test, Property("Case", 109)]
    public async Task SetConsentAsync_AnotherProcessWrites_WaitsForThatByTheMachinesClock()
    {
        using TestClient client = new(_folder.Combine("state"), _sink);
        Directory.CreateDirectory(client.DataDirectory);
        Task<bool> choosing;
        using (await FolderLock.TakeAsync(client.DataDirectory, TimeProvider.System, CancellationToken.None))
        {
            choosing = client.Reporter.SetConsentAsync(ConsentChoice.No);
            Assert.That(() => choosing.IsCompleted, Is.False.After(50));
        }

        Assert.That(await choosing.WaitAsync(Bound), Is.True);
    }

    [Test, Property("Case", 110)]
    public async Task ReportAsync_SixtyFourAtOnce_AreOneInstallation()
    {
        ConcurrentBag<string> ids = [];
        int accepted = 0;
        TestClient[] clients =
        [
            .. Enumerable.Range(0, 64).Select(_ => new TestClient(_folder.Combine("state"), new ScriptedSink())
            {
                // Each waits for its turn on the real clock.
                Add = builder => builder.Services
                    .AddSingleton(TimeProvider.System)
                    .AddSingleton<IReportSink>(new CountingSink(ids, () => Interlocked.Increment(ref accepted) == 1)),
            }),
        ];
        try
        {
            ReportOutcome[] outcomes = await Task.WhenAll(
                clients.Select(client => Task.Run(() => client.ReportAsync(ConsentAnswer.Yes)))).WaitAsync(Bound);

            Assert.That(outcomes.Count(outcome => outcome is ReportOutcome.Sent), Is.Not.Zero);
            Assert.That(ids.Distinct().Count(), Is.EqualTo(1));
            Assert.That(await File.ReadAllTextAsync(clients[0].IdFile), Is.EqualTo(ids.First() + "\n"));
            Assert.That(
                (await clients[0].Reporter.GetHistoryAsync()).All(sent => sent.IsIntact), Is.True);
        }
        finally
        {
            foreach (TestClient client in clients)
            {
                client.Dispose();
            }
        }
    }

    [Test, Property("Case", 122)]
    public async Task ReportAsync_IdDeletedBetweenTheYesAndTheAnswer_IsNotWrittenAgain()
    {
        using TestClient client = new(_folder.Combine("state"), _sink);
        Directory.CreateDirectory(client.DataDirectory);
        await File.WriteAllTextAsync(client.IdFile, Paperless.Id);
        _sink.Answer = _ =>
        {
            File.Delete(client.IdFile);
            return Task.FromResult(ScriptedSink.Unanswered);
        };
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        await client.Reporter.ReportAsync(prompt);
        Assert.That(File.Exists(client.IdFile), Is.False);
        _sink.Answering(new DeliveryResult.Accepted());
        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen[1].IsRepeat, Is.False);
        Assert.That(prompt.Seen[1].Json, Does.Not.Contain(Paperless.Id));
    }

    private TestClient Client(Action<UsageReportingBuilder> add) => new(_folder.Combine("state")) { Add = add };

    /// <summary>A user interface whose one thread is busy: what is posted to it is never run.</summary>
    private sealed class SilentContext : SynchronizationContext
    {
        private int _posts;

        public int Posts => _posts;

        public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref _posts);
    }

    /// <summary>An endpoint that counts an installation once.</summary>
    private sealed class CountingSink(ConcurrentBag<string> ids, Func<bool> isFirst) : IReportSink
    {
        public string Destination => "https://counting.example.org/";

        public ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken)
        {
            ids.Add(Encoding.UTF8.GetString(delivery.Report.Span)[9..45]);
            return ValueTask.FromResult<DeliveryResult>(isFirst()
                ? new DeliveryResult.Accepted()
                : new DeliveryResult.AlreadyReported(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(7)));
        }
    }
}
