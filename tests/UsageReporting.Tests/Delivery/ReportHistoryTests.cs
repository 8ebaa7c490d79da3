using NUnit.Framework;
using UsageReporting.Core.Delivery;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.Tests.Delivery;

public sealed class ReportHistoryTests
{
    private const string Endpoint = "https://stats.example.org/report";
    private static readonly DateTimeOffset Now = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeliveryResult Accepted = new DeliveryResult.Accepted();

    private CapturedLog _log = null!;
    private TemporaryFolder _folder = null!;
    private ReportHistory _history = null!;

    [SetUp]
    public void StartHistory()
    {
        _log = new CapturedLog();
        _folder = new TemporaryFolder();
        _history = new ReportHistory(TestState.In(_folder.Path, _log));
    }

    [TearDown]
    public void EndHistory()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Test]
    public async Task TryNote_Report_IsALineThatAPersonCanRead()
    {
        await NoteAsync(Endpoint, Report(Paperless.Report, Now), Accepted);

        VerifySettings settings = new();
        settings.DontScrubGuids();
        settings.DontScrubDateTimes();
        await Verifier.Verify(File.ReadAllText(_folder.Combine("history.jsonl")), settings);
    }

    private static IEnumerable<TestCaseData> Answers =>
    [
        new TestCaseData(Accepted).Returns("accepted"),
        new TestCaseData(new DeliveryResult.AlreadyReported(Now, Now)).Returns("already reported"),
        new TestCaseData(new DeliveryResult.Rejected([])).Returns("rejected"),
        new TestCaseData(new DeliveryResult.Unauthorized()).Returns("unauthorized"),
        new TestCaseData(new DeliveryResult.Unreachable("time-out", MaybeReceived: true)).Returns("no answer"),
        new TestCaseData(new DeliveryResult.Unreachable("refused", MaybeReceived: false)).Returns(null),
    ];

    [TestCaseSource(nameof(Answers))]
    public async Task<string?> TryNote_EachAnswer_IsNotedUnlessNothingLeft(DeliveryResult result)
    {
        await NoteAsync(Endpoint, Report(Paperless.Report, Now), result);
        return (await _history.ReadAsync()).SingleOrDefault()?.Answer;
    }

    [Test]
    public async Task TryNote_AnswerToARepeat_ReplacesTheLineOfTheFirstAttempt()
    {
        await NoteAsync(Endpoint, Report("{}", Now), new DeliveryResult.Unreachable("time-out", MaybeReceived: true));
        await NoteAsync("console", Report("{}", Now), Accepted);
        await NoteAsync(Endpoint, Report("{}", Now), Accepted);

        Assert.That(
            (await _history.ReadAsync()).Select(sent => (sent.Destination, sent.Answer, sent.At)),
            Is.EqualTo(new[] { (Endpoint, "accepted", Now), ("console", "accepted", Now) }));
    }

    [Test]
    public async Task TryNote_NoAnswerAfterAnAnswer_LeavesTheAnswer()
    {
        await NoteAsync(Endpoint, Report("{}", Now), Accepted);
        await NoteAsync(Endpoint, Report("{}", Now), new DeliveryResult.Unreachable("time-out", MaybeReceived: true));
        await NoteAsync(Endpoint, Report("{}", Now), new DeliveryResult.Unreachable("refused", MaybeReceived: false));

        Assert.That((await _history.ReadAsync()).Single().Answer, Is.EqualTo("accepted"));
    }

    [Test]
    public async Task TryNote_TheSameBytesAgreedToAgain_HaveALineOfTheirOwn()
    {
        await NoteAsync(Endpoint, Report("{}", Now), Accepted);
        await NoteAsync(
            Endpoint, Report("{}", Now.AddMilliseconds(1)), new DeliveryResult.AlreadyReported(Now, Now.AddDays(7)));

        Assert.That((await _history.ReadAsync()).Select(sent => sent.Answer), Is.EqualTo(new[] { "already reported", "accepted" }));
    }

    [Test]
    public async Task TryNote_MoreThanAMegabyte_DropsTheOldest()
    {
        string large = new('x', 60_000);
        for (int i = 0; i < 30; i++)
        {
            await NoteAsync(Endpoint, Report($"{{\"{i}\":\"{large}\"}}", Now.AddDays(i)), Accepted);
        }

        Assert.That(new FileInfo(_folder.Combine("history.jsonl")).Length, Is.LessThanOrEqualTo(1_024 * 1_024));
        Assert.That((await _history.ReadAsync())[0].At, Is.EqualTo(Now.AddDays(29)));
        Assert.That((await _history.ReadAsync()), Has.Count.EqualTo(17));
    }

    [Test, Property("Case", 107)]
    public async Task Read_DamagedLine_CostsItselfOnly()
    {
        await NoteAsync(Endpoint, Report("{\"a\":1}", Now), Accepted);
        File.AppendAllText(_folder.Combine("history.jsonl"), "{\"at\":\nnoise\n");
        await NoteAsync(Endpoint, Report("{\"b\":1}", Now), Accepted);

        Assert.That((await _history.ReadAsync()).Select(sent => sent.Report), Is.EqualTo(new[] { "{\"b\":1}", "{\"a\":1}" }));
    }

    [Test]
    public async Task IsIntact_OneByteChanged_IsFalse()
    {
        await NoteAsync(Endpoint, Report("{\"a\":1}", Now), Accepted);
        string file = _folder.Combine("history.jsonl");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\\\"a\\\":1", "\\\"a\\\":2", StringComparison.Ordinal));

        Assert.That((await _history.ReadAsync()).Single().IsIntact, Is.False);
    }

    [Test]
    public async Task TryNote_ForgottenWhileItWasOnItsWay_StaysForgotten()
    {
        await _history.TryBeginAsync(Endpoint, Report("{}", Now));
        await _history.TryForgetAsync();

        await _history.TryNoteAsync(Endpoint, Report("{}", Now), Accepted);

        Assert.That(await _history.ReadAsync(), Is.Empty);
        Assert.That(_folder.Combine("history.jsonl"), Does.Not.Exist);
    }

    private async Task NoteAsync(string destination, FrozenReport report, DeliveryResult result)
    {
        await _history.TryBeginAsync(destination, report);
        await _history.TryNoteAsync(destination, report, result);
    }

    private static FrozenReport Report(string report, DateTimeOffset at) => new(report, at, [], []);
}
