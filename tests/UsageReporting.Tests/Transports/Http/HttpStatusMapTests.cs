using System.Text;
using NUnit.Framework;
using UsageReporting.Transports.Http;

namespace UsageReporting.Tests.Transports.Http;

public sealed class HttpStatusMapTests
{
    private const string Problem = "application/problem+json";

    private static readonly DeliveryResult Accepted = new DeliveryResult.Accepted();
    private static readonly DeliveryResult Already = new DeliveryResult.AlreadyReported(
        new DateTimeOffset(2026, 5, 15, 10, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 5, 22, 10, 0, 0, TimeSpan.Zero));

    private static readonly string[] HostileBodies =
    [
        "", "null", "5", "\"\"", "[]", "{}", "[{}]", "{", "{\"error\":", "<html>", "\0", "\uFEFF{}", "{}x",
        "{\"error\":null}", "{\"error\":5}", "{\"error\":{}}", "{\"error\":\"\\ud800\"}", "{\"\\ud800\":1}",
        "{\"error\":\"already_submitted\"}", "{\"error\":\"already_submitted\",\"last_sent\":5}",
        "{\"error\":\"already_submitted\",\"last_sent\":\"\\udfff\"}",
        "{\"error\":\"already_submitted\",\"last_sent\":\"yesterday\"}",
        "{\"error\":\"already_submitted\",\"last_sent\":\"2026-05-15\"}",
        "{\"error\":\"already_submitted\",\"last_sent\":\"9999-12-31T23:59:59Z\",\"same_report\":\"true\"}",
        "{\"error\":\"already_submitted\",\"last_sent\":\"0001-01-01T00:00:00Z\",\"same_report\":1}",
        "{\"errors\":null}", "{\"errors\":[]}", "{\"errors\":{\"a\":5,\"b\":null,\"c\":[5,null,{},[]],\"d\":\"x\"}}",
        "{\"errors\":{\"a\":[\"\\ud800\"]}}", "{\"errors\":{\"\\ud800\":[\"x\"]}}",
        new string('[', 2_000), "{\"errors\":" + new string('[', 2_000), $"{{\"error\":\"{new string('x', 16_000)}",
    ];

    [TestCase(204, ExpectedResult = "Accepted")]
    [TestCase(400, ExpectedResult = "Rejected")]
    [TestCase(401, ExpectedResult = "Unauthorized")]
    [TestCase(403, ExpectedResult = "Unauthorized")]
    [TestCase(404, ExpectedResult = "Rejected")]
    [TestCase(405, ExpectedResult = "Rejected")]
    [TestCase(407, ExpectedResult = "Rejected")]
    [TestCase(408, ExpectedResult = "Unreachable")]
    [TestCase(413, ExpectedResult = "Rejected")]
    [TestCase(415, ExpectedResult = "Rejected")]
    [TestCase(418, ExpectedResult = "Rejected")]
    [TestCase(422, ExpectedResult = "Rejected")]
    [TestCase(429, ExpectedResult = "Unreachable")]
    [TestCase(451, ExpectedResult = "Rejected")]
    [TestCase(200, ExpectedResult = "Unreachable")]
    [TestCase(201, ExpectedResult = "Unreachable")]
    [TestCase(205, ExpectedResult = "Unreachable")]
    [TestCase(301, ExpectedResult = "Unreachable")]
    [TestCase(304, ExpectedResult = "Unreachable")]
    [TestCase(500, ExpectedResult = "Unreachable")]
    [TestCase(503, ExpectedResult = "Unreachable")]
    [TestCase(999, ExpectedResult = "Unreachable")]
    public string Read_Status_IsTheResult(int status) => Read(status, "").GetType().Name;

    [Test, Property("Case", 116)]
    public void Read_EveryStatusWithEveryHostileBody_IsClassified()
    {
        foreach (int status in Enumerable.Range(100, 500).Append(999))
        {
            foreach (string body in HostileBodies)
            {
                foreach (string? mediaType in new[] { null, "text/html", "application/json", Problem })
                {
                    DeliveryResult result = Read(status, body, mediaType, isRepeat: true);

                    Assert.That(
                        result is DeliveryResult.Accepted, Is.EqualTo(status == 204), $"{status} {mediaType} {body}");
                    Assert.That(
                        result is DeliveryResult.AlreadyReported && status != 429, Is.False, $"{status} {mediaType} {body}");
                }
            }
        }
    }

    [TestCase(408, null, ExpectedResult = true)]
    [TestCase(500, "text/html", ExpectedResult = true)]
    [TestCase(502, null, ExpectedResult = true)]
    [TestCase(503, "application/json", ExpectedResult = true)]
    [TestCase(503, Problem, ExpectedResult = false)]
    [TestCase(200, "text/html", ExpectedResult = true, Description = "a captive portal")]
    [TestCase(302, null, ExpectedResult = true)]
    [TestCase(429, "text/html", ExpectedResult = true)]
    [TestCase(429, Problem, ExpectedResult = false)]
    public bool Read_NotReached_MayHaveArrivedUnlessOurServerSaysOtherwise(int status, string? mediaType)
    {
        DeliveryResult.Unreachable result = (DeliveryResult.Unreachable)Read(status, "<html>", mediaType);

        Assert.That(result.Reason, Is.EqualTo($"status {status}"));
        return result.MaybeReceived;
    }

    [TestCase(",\"same_report\":true", true, true)]
    [TestCase(",\"same_report\":true", false, false)]
    [TestCase(",\"same_report\":false", true, false)]
    [TestCase(",\"same_report\":\"true\"", true, false)]
    [TestCase(",\"same_report\":1", true, false)]
    [TestCase(",\"same_report\":null", true, false)]
    [TestCase("", true, false)]
    public void Read_AlreadySubmitted_IsAcceptedOnlyWhereARepeatIsTheSameReport(string same, bool isRepeat, bool isAccepted) =>
        Assert.That(Read(429, Submitted("2026-05-15T10:00:00Z", same), isRepeat: isRepeat), Is.EqualTo(isAccepted ? Accepted : Already));

    [Test]
    public void Read_RateLimited_WasNotReceived() =>
        Assert.That(
            Read(429, """{"error":"rate_limited","retry_after_seconds":57}"""),
            Is.EqualTo(new DeliveryResult.Unreachable("rate limited", MaybeReceived: false)));

    [TestCase("""{"status":"success","submission_id":1}""", true)]
    [TestCase("""{"submission_id":9007199254740991,"status":"success","message":"Statistics submitted successfully"}""", true)]
    [TestCase("""{"status":"success"}""", false)]
    [TestCase("""{"status":"error","submission_id":1}""", false)]
    [TestCase("""{"status":"success","submission_id":"1"}""", false)]
    [TestCase("""{"status":"success","submission_id":1.5}""", false)]
    [TestCase("""{"status":"success","submission_id":null}""", false)]
    [TestCase("""["success"]""", false)]
    [TestCase("<html>", false)]
    public void Read_200_IsAcceptedWithTheNumberOfTheReport(string body, bool isAccepted) =>
        Assert.That(Read(200, body), isAccepted ? Is.EqualTo(Accepted) : Is.EqualTo(new DeliveryResult.Unreachable("status 200", MaybeReceived: true)));

    [Test]
    public void Read_LastSentAtTheEndOfTime_HasNothingAfterIt()
    {
        DeliveryResult.AlreadyReported result =
            (DeliveryResult.AlreadyReported)Read(429, Submitted("9999-12-31T23:59:59Z", ""));

        Assert.That(result.AgainAt, Is.EqualTo(DateTimeOffset.MaxValue));
    }

    private static string Submitted(string lastSent, string more) =>
        $$"""{"error":"already_submitted","last_sent":"{{lastSent}}","retry_after_days":4{{more}}}""";

    private static DeliveryResult Read(int status, string body, string? mediaType = "application/json", bool isRepeat = false) =>
        HttpStatusMap.Read(
            new HttpAnswer(status, mediaType, Encoding.UTF8.GetBytes(body)),
            new ReportDelivery("{}"u8.ToArray(), isRepeat, TimeSpan.FromDays(7)));
}
