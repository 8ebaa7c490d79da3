using System.Globalization;
using System.Text;
using NUnit.Framework;
using UsageReporting.Server.Validation;

namespace UsageReporting.Tests.Server.Validation;

/// <summary>What a report must say of who sends it.</summary>
public sealed class SenderRulesTests
{
    private const string Rotating = "\"uuid\":\"a1b2c3d4-e5f6-8890-abcd-ef1234567890\"";
    private const string Random = "\"uuid\":\"a1b2c3d4-e5f6-4890-abcd-ef1234567890\"";
    private const string Nonce = "\"nonce\":\"00112233445566778899aabbccddeeff\"";

    [TestCase("2026-11-18T12:00:00Z", "2026-W47", true, Description = "the week that it is")]
    [TestCase("2026-11-23T23:59:59Z", "2026-W47", true, Description = "over for less than a day")]
    [TestCase("2026-11-24T00:00:00Z", "2026-W47", false, Description = "over for a day")]
    [TestCase("2026-11-15T00:00:00Z", "2026-W47", true, Description = "begins within a day")]
    [TestCase("2026-11-14T23:59:59Z", "2026-W47", false, Description = "begins in more than a day")]
    [TestCase("2027-01-02T12:00:00Z", "2026-W53", true, Description = "the year of its Thursday")]
    [TestCase("2027-01-02T12:00:00Z", "2027-W53", false, Description = "the calendar's year")]
    [TestCase("2026-11-18T12:00:00Z", "2025-W47", false, Description = "a year before")]
    [TestCase("2026-11-18T12:00:00Z", "2026-W99", false, Description = "no week")]
    [TestCase("9999-12-31T23:59:59Z", "9999-W52", true, Description = "the end of the calendar")]
    public void Validate_Period_IsTheCurrentOneOrItsNeighbourNearTheEdge(string now, string period, bool isValid) =>
        Assert.That(
            ErrorsOf(TestSchemas.Rotating, $"{{{Rotating},\"period\":\"{period}\"}}", now),
            isValid ? Is.Empty : Is.EqualTo(new[] { $"period: Must be the current period, by UTC: {Current(now)}." }));

    private static IEnumerable<TestCaseData> Reports =>
    [
        Case(TestSchemas.Rotating, "{\"period\":\"2026-W47\"}", "uuid: Is missing: only a report whose ephemeral is true has no id."),
        Case(TestSchemas.Rotating, $"{{{Rotating}}}", "period: Is missing."),
        Case(TestSchemas.Rotating, $"{{{Random},\"period\":\"2026-W47\"}}", "uuid: Must be a UUID of version 8 in the form 8-4-4-4-12."),
        Case(TestSchemas.Rotating, $"{{{Rotating},\"period\":47}}", "period: Must be text of at most 8 ASCII characters that matches [0-9]{4}-W[0-9]{2}."),
        Case(TestSchemas.Rotating, $"{{{Rotating},\"period\":\"2026-W47\",\"ephemeral\":false}}"),
        Case(TestSchemas.Rotating, $"{{{Rotating},\"period\":\"2026-W47\",\"ephemeral\":true}}", "ephemeral: Must be absent or false in a report with an id."),
        Case(TestSchemas.Rotating, $"{{{Nonce},\"ephemeral\":true}}"),
        Case(TestSchemas.Rotating, "{\"ephemeral\":true}", "nonce: Is missing."),
        Case(TestSchemas.Rotating, $"{{{Nonce},\"ephemeral\":false}}", "uuid: Is missing: only a report whose ephemeral is true has no id."),
        Case(TestSchemas.NoId, $"{{{Nonce}}}"),
        Case(TestSchemas.NoId, $"{{{Nonce},{Random}}}"),
        Case(TestSchemas.NoId, "{}", "nonce: Is missing."),
        Case(TestSchemas.NoId, "{\"nonce\":\"00112233445566778899AABBCCDDEEFF\"}", "nonce: Must be text of at most 32 ASCII characters that matches [0-9a-f]{32}."),
        Case(TestSchemas.NoId, "{\"x\":1,\"x\":2}", ": A name that the schema does not declare is given twice.", "nonce: Is missing."),
        Case(TestSchemas.NoId, "[]", ": The report must be a JSON object."),
    ];

    [TestCaseSource(nameof(Reports))]
    public void Validate_Sender_SaysAllThatIsWrong(ReportSchema schema, string json, string[] errors) =>
        Assert.That(ErrorsOf(schema, json, "2026-11-18T12:00:00Z"), Is.EqualTo(errors));

    private static string[] ErrorsOf(ReportSchema schema, string json, string now)
    {
        ManualTimeProvider time = new(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        switch (new ReportValidator(schema, time).Validate(Encoding.UTF8.GetBytes(json)))
        {
            case ValidationResult.Invalid invalid:
                return [.. invalid.Errors.Sentences.SelectMany(field => field.Value.Select(text => $"{field.Key}: {text}"))];
            case ValidationResult.Valid valid:
                Assert.That(valid.Report.Key.IsPresent, Is.True);
                valid.Report.Dispose();
                return [];
            default:
                throw new InvalidOperationException();
        }
    }

    private static string Current(string now) =>
        ReportPeriod.Of(RotationPeriod.Week, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

    private static TestCaseData Case(ReportSchema schema, string json, params string[] errors) =>
        new TestCaseData(schema, json, errors).SetArgDisplayNames(schema.Header.Product, json);
}
