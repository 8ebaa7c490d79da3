using NUnit.Framework;
using UsageReporting.Core.Collectors;

namespace UsageReporting.Tests.Collectors;

public sealed class CountryCollectorTests
{
    [TestCase("Europe/Berlin", ExpectedResult = "DE")]
    [TestCase("Europe/Oslo", ExpectedResult = "NO")]
    [TestCase("Asia/Kolkata", ExpectedResult = "IN")]
    [TestCase("Asia/Calcutta", ExpectedResult = "IN")]
    [TestCase("Asia/Rangoon", ExpectedResult = "MM")]
    [TestCase("US/Eastern", ExpectedResult = "US")]
    [TestCase("W. Europe Standard Time", ExpectedResult = "DE", Description = "as Windows has it")]
    [TestCase("India Standard Time", ExpectedResult = "IN")]
    [TestCase("UTC", ExpectedResult = null)]
    [TestCase("Etc/GMT+5", ExpectedResult = null)]
    [TestCase("CET", ExpectedResult = null, Description = "a dozen countries")]
    [TestCase("Local", ExpectedResult = null)]
    [TestCase("DE", ExpectedResult = null)]
    [TestCase("", ExpectedResult = null)]
    public async Task<string?> CollectAsync_TimeZone_IsItsCountry(string zone)
    {
        TextField field = CountryCollector.FieldFor("country");
        UsageValues values = new([field]);
        await new CountryCollector(field, new InZone(zone)).CollectAsync(values, CancellationToken.None);

        return values.Close().Values.TryGetValue("country", out System.Text.Json.Nodes.JsonNode? country) ? (string?)country : null;
    }

    private sealed class InZone(string zone) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone { get; } =
            TimeZoneInfo.CreateCustomTimeZone(zone.Length == 0 ? " " : zone, TimeSpan.Zero, displayName: null, standardDisplayName: null);
    }
}
