using NUnit.Framework;
using UsageReporting.Core.Delivery;
using UsageReporting.Core.State;
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
        _history = new ReportHistory(new StateFolder(_folder.Path, _log.For<StateFolder>()));
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
        _history.TryNote(Endpoint, Report(Paperless.Report, Now), Accepted);

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
    public string? TryNote_EachAnswer_IsNotedUnlessNothingLeft(DeliveryResult result)
    {
        _history.TryNote(Endpoint, Report(Paperless.Report, Now), result);

        return _history.Read().SingleOrDefault()?.Answer;
    }

    [Test]
    public void TryNote_AnswerToARepeat_ReplacesTheLineOfTheFirstAttempt()
    {
        _history.TryNote(Endpoint, Report("{}", Now), new DeliveryResult.Unreachable("time-out", MaybeReceived: true));
        _history.TryNote("console", Report("{}", Now), Accepted);
        _history.TryNote(Endpoint, Report("{}", Now), Accepted);

        Assert.That(
            _history.Read().Select(sent => (sent.Destination, sent.Answer, sent.At)),
            Is.EqualTo(new[] { (Endpoint, "accepted", Now), ("console", "accepted", Now) }));
    }

    [Test]
    public void TryNote_TheSameBytesAgreedToAgain_HaveALineOfTheirOwn()
    {
        _history.TryNote(Endpoint, Report("{}", Now), Accepted);
        _history.TryNote(
            Endpoint, Report("{}", Now.AddMilliseconds(1)), new DeliveryResult.AlreadyReported(Now, Now.AddDays(7)));

        Assert.That(_history.Read().Select(sent => sent.Answer), Is.EqualTo(new[] { "already reported", "accepted" }));
    }

    [Test]
    public void TryNote_MoreThanAMegabyte_DropsTheOldest()
    {
        string large = new('x', 60_000);
        for (int i = 0; i < 30; i++)
        {
            _history.TryNote(Endpoint, Report($"{{\"{i}\":\"{large}\"}}", Now.AddDays(i)), Accepted);
        }

        Assert.That(new FileInfo(_folder.Combine("history.jsonl")).Length, Is.LessThanOrEqualTo(1_024 * 1_024));
        Assert.That(_history.Read()[0].At, Is.EqualTo(Now.AddDays(29)));
        Assert.That(_history.Read(), Has.Count.EqualTo(17));
    }

    [Test(Description = "case 107")]
    public void Read_DamagedLine_CostsItselfOnly()
    {
        _history.TryNote(Endpoint, Report("{\"a\":1}", Now), Accepted);
        File.AppendAllText(_folder.Combine("history.jsonl"), "{\"at\":\nnoise\n");
        _history.TryNote(Endpoint, Report("{\"b\":1}", Now), Accepted);

        Assert.That(_history.Read().Select(sent => sent.Report), Is.EqualTo(new[] { "{\"b\":1}", "{\"a\":1}" }));
    }

    private static FrozenReport Report(string report, DateTimeOffset at) => new(report, at, [], []);

    [Test]
    public void IsIntact_OneByteChanged_IsFalse()
    {
        _history.TryNote(Endpoint, Report("{\"a\":1}", Now), Accepted);
        string file = _folder.Combine("history.jsonl");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\\\"a\\\":1", "\\\"a\\\":2", StringComparison.Ordinal));

        Assert.That(_history.Read().Single().IsIntact, Is.False);
    }
}
