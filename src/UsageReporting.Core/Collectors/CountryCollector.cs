namespace UsageReporting.Core.Collectors;

/// <summary>
/// The country in which the clock of the system says that it is: nothing is asked for in the network, and nothing else is
/// looked at.
/// </summary>
internal sealed class CountryCollector(TextField field, TimeProvider time) : IUsageCollector
{
    /// <summary>The field, under the name that the product gives it.</summary>
    public static TextField FieldFor(string name) => UsageField.Text(
        name, "Country", "Which languages to translate to; taken from the configured time zone.", "[A-Z]{2}", maxLength: 2);

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        string zone = time.LocalTimeZone.Id;
        values.Set(field, TimeZoneCountries.Find(TimeZoneInfo.TryConvertWindowsIdToIanaId(zone, out string? iana) ? iana : zone));
        return ValueTask.CompletedTask;
    }
}
