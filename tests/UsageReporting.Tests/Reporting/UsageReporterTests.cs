using System.Text;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

public sealed class UsageReporterTests
{
    private readonly ScriptedPrompt _yes = new(ConsentAnswer.Yes);
    private readonly ScriptedSink _sink = new();
    private TemporaryFolder _folder = null!;
    private TestClient _client = null!;

    [SetUp]
    public void StartClient()
    {
        _folder = new TemporaryFolder();
        _yes.Seen.Clear();
        _sink.Deliveries.Clear();
        _client = NewProcess(_sink);
    }

    [TearDown]
    public void EndClient()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task ReportAsync_Yes_DeliversExactlyTheBytesThatWereShown()
    {
        Answer(new DeliveryResult.Accepted());

        ReportOutcome outcome = await _client.Reporter.ReportAsync(_yes);

        Assert.That(outcome, Is.EqualTo(new ReportOutcome.Sent()));
        Assert.That(_sink.Deliveries.Single().Report.ToArray(), Is.EqualTo(_yes.Seen.Single().Report.ToArray()));
        Assert.That(_sink.Deliveries.Single().IsRepeat, Is.False);
        Assert.That(_sink.Deliveries.Single().Window, Is.EqualTo(TimeSpan.FromDays(7)));
    }

    [Test]
    public async Task ReportAsync_Yes_KeepsExactlyTheIdThatWasShown()
    {
        Answer(new DeliveryResult.Accepted());
        await _client.Reporter.ReportAsync(_yes);
        string shown = _yes.Seen[0].Rows[0].Value;

        Assert.That(await File.ReadAllTextAsync(_client.IdFile), Is.EqualTo(shown + "\n"));
        Assert.That((await _client.Reporter.GetStatusAsync()).InstallationId, Is.EqualTo(shown));
        Assert.That(Directory.GetFiles(_client.DataDirectory), Is.EquivalentTo(
            new[] { _client.IdFile, _client.HistoryFile, Path.Combine(_client.DataDirectory, "lock") }));

        using TestClient next = NewProcess(_sink);
        await next.Reporter.ReportAsync(_yes);
        Assert.That(_yes.Seen.Select(preview => (preview.Rows[0].Value, preview.IsIdNew)), Is.EqualTo(
            new[] { (shown, true), (shown, false) }));
    }

    [Test]
    public async Task ReportAsync_AnotherProcessKeptAnIdMeanwhile_ShowsThatOneAndAsksAgain()
    {
        Answer(new DeliveryResult.Accepted());
        ScriptedPrompt prompt = new((preview, _) =>
        {
            if (preview.IsIdNew)
            {
                WriteId(Paperless.Id + "\n");
            }

            return ConsentAnswer.Yes;
        });

        ReportOutcome outcome = await _client.Reporter.ReportAsync(prompt);

        Assert.That(outcome, Is.EqualTo(new ReportOutcome.Sent()));
        Assert.That(prompt.Seen.Select(preview => preview.IsIdNew), Is.EqualTo(new[] { true, false }));
        Assert.That(_sink.Reports, Is.EqualTo(new[] { Paperless.Report }));
    }

    [Test]
    public async Task ReportAsync_NoAfterAnotherIdWasShown_IsNo()
    {
        int questions = 0;
        ScriptedPrompt prompt = new((_, _) =>
        {
            WriteId(Paperless.Id);
            return questions++ == 0 ? ConsentAnswer.Yes : ConsentAnswer.No;
        });

        Assert.That(await _client.Reporter.ReportAsync(prompt), Is.EqualTo(new ReportOutcome.Declined()));
        Assert.That(_sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task ReportAsync_AnswerLost_ShowsTheSameBytesAgainAndSaysRepeat()
    {
        Answer(ScriptedSink.Unanswered);
        ReportOutcome first = await _client.Reporter.ReportAsync(_yes);
        using TestClient next = NewProcess(_sink);
        bool isWaiting = (await next.Reporter.GetStatusAsync()).IsWaiting;
        Answer(new DeliveryResult.Accepted());
        ReportOutcome second = await next.Reporter.ReportAsync(_yes);

        Assert.That(first, Is.EqualTo(new ReportOutcome.NotAccepted(ScriptedSink.Unanswered)));
        Assert.That(isWaiting, Is.True);
        Assert.That(second, Is.EqualTo(new ReportOutcome.Sent()));
        Assert.That(_yes.Seen.Select(preview => (preview.Json, preview.IsRepeat)), Is.EqualTo(
            new[] { (_yes.Seen[0].Json, false), (_yes.Seen[0].Json, true) }));
        Assert.That(_sink.Reports, Is.All.EqualTo(_yes.Seen[0].Json));
        Assert.That(_sink.Deliveries.Select(delivery => delivery.IsRepeat), Is.EqualTo(new[] { false, true }));
        Assert.That(File.Exists(_client.FrozenFile), Is.False);
        Assert.That((await next.Reporter.GetStatusAsync()).IsWaiting, Is.False);
    }

    [TestCase(true, "accepted")]
    [TestCase(false, "no answer")]
    public async Task ReportAsync_AnotherProcessSendsItWhileTheQuestionStands_IsShownAnew(bool isAnswered, string answer)
    {
        Answer(ScriptedSink.Unanswered);
        await _client.Reporter.ReportAsync(_yes);
        ScriptedSink others = new ScriptedSink().Answering(
            isAnswered ? new DeliveryResult.Accepted() : ScriptedSink.Unanswered);
        using TestClient other = NewProcess(others);
        Answer(ScriptedSink.Refused);
        ScriptedPrompt prompt = new((_, token) =>
        {
            if (others.Deliveries.Count == 0)
            {
                other.ReportAsync(ConsentAnswer.Yes, token).GetAwaiter().GetResult();
            }

            return ConsentAnswer.Yes;
        });

        await _client.Reporter.ReportAsync(prompt);

        // What the other process was told is not taken back by what this one was not.
        SentReport noted = (await _client.Reporter.GetHistoryAsync()).Single(sent => sent.Report == _yes.Seen[0].Json);
        Assert.That(noted.Answer, Is.EqualTo(answer));
        Assert.That(prompt.Seen.Select(preview => preview.IsRepeat), Is.EqualTo(isAnswered ? [true, false] : new[] { true }));
        Assert.That(File.Exists(_client.FrozenFile), Is.EqualTo(!isAnswered));
    }

    [Test]
    public async Task ReportAsync_WindowPassesWhileTheQuestionStands_IsShownAnew()
    {
        Answer(ScriptedSink.Unanswered);
        await _client.Reporter.ReportAsync(_yes);
        Answer(new DeliveryResult.Accepted());
        ScriptedPrompt prompt = new((preview, _) =>
        {
            if (preview.IsRepeat)
            {
                _client.Time.Advance(TimeSpan.FromDays(7));
            }

            return ConsentAnswer.Yes;
        });

        await _client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Select(preview => preview.IsRepeat), Is.EqualTo(new[] { true, false }));
        Assert.That(_sink.Deliveries.Select(delivery => delivery.IsRepeat), Is.EqualTo(new[] { false, false }));
    }

    [Test]
    public async Task ReportAsync_NoToARepeat_LeavesItWaiting()
    {
        Answer(ScriptedSink.Unanswered);
        await _client.Reporter.ReportAsync(_yes);
        byte[] frozen = await File.ReadAllBytesAsync(_client.FrozenFile);

        await _client.ReportAsync(ConsentAnswer.No);

        Assert.That(await File.ReadAllBytesAsync(_client.FrozenFile), Is.EqualTo(frozen));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReportAsync_CertainlyNotReceived_IsDroppedAndComposedAnew()
    {
        Answer(ScriptedSink.Refused);
        await _client.Reporter.ReportAsync(_yes);

        Assert.That(File.Exists(_client.FrozenFile), Is.False);

        await _client.Reporter.ReportAsync(_yes);
        Assert.That(_yes.Seen.Select(preview => preview.IsRepeat), Is.All.False);
        Assert.That(_sink.Deliveries.Select(delivery => delivery.IsRepeat), Is.All.False);
    }

    [Test]
    public async Task ReportAsync_SchemaChangedMeanwhile_IsComposedAnew()
    {
        Answer(ScriptedSink.Unanswered);
        await _client.Reporter.ReportAsync(_yes);
        using TestClient updated = new(_client.DataDirectory, _sink)
        {
            Fields = [Paperless.Field<VersionField>("version")],
            Collect = values => values.Set(Paperless.Field<VersionField>("version"), "2.16.0"),
        };

        await updated.Reporter.ReportAsync(_yes);

        Assert.That(_yes.Seen[1].IsRepeat, Is.False);
        Assert.That(_sink.Reports.Last(), Does.EndWith(""","version":"2.16.0"}"""));
    }

    [Test]
    public async Task ReportAsync_AnotherIdIsKeptThanWaits_IsComposedAnew()
    {
        Answer(ScriptedSink.Unanswered);
        await _client.Reporter.ReportAsync(_yes);
        WriteId(Paperless.Id);

        await _client.Reporter.ReportAsync(_yes);

        Assert.That(_yes.Seen[1].IsRepeat, Is.False);
        Assert.That(_sink.Reports.Last(), Is.EqualTo(Paperless.Report));
    }

    [Test]
    public async Task ReportAsync_IdDeletedWhileAReportWaits_StartsWithANewId()
    {
        Answer(ScriptedSink.Unanswered);
        await _client.Reporter.ReportAsync(_yes);
        File.Delete(_client.IdFile);
        using TestClient next = NewProcess(_sink);

        await next.Reporter.ReportAsync(_yes);

        Assert.That(_yes.Seen[1].Rows[0].Value, Is.Not.EqualTo(_yes.Seen[0].Rows[0].Value));
        Assert.That(_yes.Seen[1].IsRepeat, Is.False);
    }

    [Test, Property("Case", 112)]
    public async Task ReportAsync_KilledAfterTheLastAnswer_DoesNotSayThatItSentTheOldReport()
    {
        Answer(ScriptedSink.Unanswered);
        await _client.Reporter.ReportAsync(_yes);
        await File.WriteAllTextAsync(
            _client.FrozenFile,
            (await File.ReadAllTextAsync(_client.FrozenFile))
                .Replace("\"begun\":[\"https://stats.example.org/report\"],\"done\":[]", "\"begun\":[],\"done\":[\"https://stats.example.org/report\"]", StringComparison.Ordinal));
        Answer(new DeliveryResult.Accepted());

        ReportOutcome outcome = await _client.Reporter.ReportAsync(_yes);

        Assert.That(outcome, Is.EqualTo(new ReportOutcome.Sent()));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(2));
        Assert.That(_yes.Seen[1].IsRepeat, Is.False);
    }

    [Test]
    public async Task ReportAsync_EndpointChangedWhileAReportWaits_IsSentThereAndThenDone()
    {
        Answer(ScriptedSink.Unanswered);
        await _client.Reporter.ReportAsync(_yes);
        ScriptedSink moved = new("https://new.example.org/report");
        using TestClient next = NewProcess(moved);

        await next.Reporter.ReportAsync(_yes);
        await next.Reporter.ReportAsync(_yes);

        Assert.That(moved.Deliveries.Select(delivery => delivery.IsRepeat), Is.EqualTo(new[] { false, false }));
        Assert.That(_yes.Seen.Select(preview => preview.IsRepeat), Is.EqualTo(new[] { false, true, false }));
        Assert.That(File.Exists(next.FrozenFile), Is.False);
    }

    [Test]
    public async Task ReportAsync_UnwritableFolder_IsNoPlaceAndTheSinkIsNeverCalled()
    {
        await File.WriteAllTextAsync(_client.DataDirectory, "a file, not a folder");

        Assert.That(
            await _client.Reporter.ReportAsync(_yes), Is.EqualTo(new ReportOutcome.NoPlace(_client.DataDirectory)));
        Assert.That(_sink.Deliveries, Is.Empty);
        Assert.That(_client.Log.Complaints.Single(), Does.StartWith("Warning 1004").And.Not.Contain(_folder.Path));
    }

    [Test]
    public async Task ReportAsync_FrozenReportCannotBeWritten_IsNoPlaceAndTheSinkIsNeverCalled()
    {
        Directory.CreateDirectory(_client.FrozenFile);

        Assert.That(
            await _client.Reporter.ReportAsync(_yes), Is.EqualTo(new ReportOutcome.NoPlace(_client.DataDirectory)));
        Assert.That(_sink.Deliveries, Is.Empty);
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("{\"report\":null,\"at\":\"2026-05-18T12:00:00Z\",\"begun\":[],\"done\":[]}")]
    [TestCase("{\"report\":\"{}\",\"at\":\"2026-05-18T12:00:00Z\",\"begun\":null,\"done\":[]}")]
    [TestCase("{\"report\":\"not json\",\"at\":\"2026-05-18T12:00:00Z\",\"begun\":[],\"done\":[]}")]
    [TestCase("{\"report\":\"{\\\"uuid\\\":5}\",\"at\":\"2026-05-18T12:00:00Z\",\"begun\":[],\"done\":[]}")]
    [TestCase("{\"report\":\"{\\\"uuid\\\":\\\"\\\\ud800\\\"}\",\"at\":\"2026-05-18T12:00:00Z\",\"begun\":[null],\"done\":[null]}")]
    [TestCase("{\"report\":\"\\ud800\",\"at\":\"2026-05-18T12:00:00Z\",\"begun\":[],\"done\":[]}")]
    public async Task ReportAsync_DamagedFrozenReport_IsComposedAnewAndReplaced(string damaged)
    {
        WriteId(Paperless.Id);
        await File.WriteAllTextAsync(_client.FrozenFile, damaged);
        Answer(ScriptedSink.Unanswered);

        await _client.Reporter.ReportAsync(_yes);

        Assert.That(_yes.Seen.Single().Json, Is.EqualTo(Paperless.Report));
        Assert.That(_yes.Seen[0].IsRepeat, Is.False);
        Assert.That(await File.ReadAllTextAsync(_client.FrozenFile), Does.Contain("2.15.0"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task ReportAsync_CancelledWhileItIsSent_MayHaveArrived(bool sinkHangs)
    {
        using CancellationTokenSource interrupt = new();
        _sink.Answer = async token =>
        {
            await interrupt.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, sinkHangs ? CancellationToken.None : token);
            return new DeliveryResult.Accepted();
        };

        ReportOutcome outcome = await _client.Reporter.ReportAsync(_yes, interrupt.Token).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(outcome, Is.EqualTo(
            new ReportOutcome.NotAccepted(new DeliveryResult.Unreachable("interrupted", MaybeReceived: true))));
        Assert.That((await _client.Reporter.GetStatusAsync()).IsWaiting, Is.True);
    }

    [Test, Property("Case", 120)]
    public async Task ReportAsync_CancelledAfterTheAnswer_KeepsTheAnswer()
    {
        using CancellationTokenSource interrupt = new();
        ScriptedSink second = new("https://second.example.org/report")
        {
            Answer = async token =>
            {
                await interrupt.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return new DeliveryResult.Accepted();
            },
        };
        using TestClient client = NewProcess(_sink, second);
        Answer(new DeliveryResult.Accepted());

        await client.Reporter.ReportAsync(_yes, interrupt.Token);
        second.Answering(new DeliveryResult.Accepted());
        ReportOutcome outcome = await client.Reporter.ReportAsync(_yes);

        Assert.That(outcome, Is.EqualTo(new ReportOutcome.Sent()));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(1));
        Assert.That(second.Deliveries.Select(delivery => delivery.IsRepeat), Is.EqualTo(new[] { false, true }));
    }

    [Test, Property("Case", 120)]
    public async Task ReportAsync_PromptThatReportsItself_DoesNotWaitForItself()
    {
        Answer(new DeliveryResult.Accepted());
        ReportOutcome? inner = null;
        ScriptedPrompt prompt = new((_, token) =>
        {
            inner = _client.Reporter.ReportAsync(_yes, token).GetAwaiter().GetResult();
            return ConsentAnswer.No;
        });

        Assert.That(
            await _client.Reporter.ReportAsync(prompt).WaitAsync(TimeSpan.FromSeconds(30)),
            Is.EqualTo(new ReportOutcome.Declined()));
        Assert.That(inner, Is.EqualTo(new ReportOutcome.Sent()));
    }

    [Test]
    public async Task ReportAsync_EveryBytePrinted_IsTheSpooledText()
    {
        Answer(ScriptedSink.Unanswered);
        await _client.Reporter.ReportAsync(_yes);

        // A person may look into the file: the report stands in it with the escapes of a quotation mark and no others.
        Assert.That(
            await File.ReadAllTextAsync(_client.FrozenFile),
            Does.Contain(_yes.Seen[0].Json.Replace("\"", "\\\"", StringComparison.Ordinal)));
        Assert.That(Encoding.UTF8.GetByteCount(_yes.Seen[0].Json), Is.EqualTo(_yes.Seen[0].Report.Length));
    }

    private TestClient NewProcess(params IReportSink[] sinks) => new(_folder.Combine("state"), sinks);

    private void Answer(DeliveryResult result) => _sink.Answering(result);

    private void WriteId(string id)
    {
        Directory.CreateDirectory(_client.DataDirectory);
        File.WriteAllText(_client.IdFile, id);
    }
}
