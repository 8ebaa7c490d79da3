using System.Globalization;

namespace UsageReporting.GoogleAnalytics;

/// <summary>What of a schema Google Analytics would drop without a word, so that nothing has to be cut off later. Pure.</summary>
internal static class SchemaFit
{
    private static readonly string[] ReservedNames = ["engagement_time_msec", "gclid", "session_id", "session_number"];

    private static readonly string[] ReservedPrefixes = ["firebase_", "ga_", "google_"];

    public static IEnumerable<string> MistakesIn(ReportSchema schema)
    {
        UsageField[] sent = [.. schema.Fields.Where(MeasurementPayload.IsSent)];
        UsageField[] single = [.. sent.Where(field => !MeasurementPayload.IsOfWords(field))];
        return
        [
            .. sent.SelectMany(MistakesIn),

            // One of the parameters is our own.
            .. TooMany("fields", single.Length, MeasurementLimits.Parameters - 1, "parameters an event takes"),
            .. TooMany(
                "words",
                sent.Sum(field => MeasurementPayload.WordsOf(field)?.Words.Count ?? 0),
                MeasurementLimits.Events - 1,
                "events a request takes, one for each word of a field that holds several"),
        ];
    }

    private static IEnumerable<string> MistakesIn(UsageField field)
    {
        string name = MeasurementPayload.IsOfWords(field) ? MeasurementPayload.EventOf(field) : MeasurementPayload.ParameterOf(field);
        if (name.Length > MeasurementLimits.NameLength)
        {
            yield return $"{field.Name}: the name {name} is longer than the {MeasurementLimits.NameLength} characters that there may be.";
        }

        if (MeasurementPayload.IsOfWords(field) && name == MeasurementPayload.ReportEvent)
        {
            yield return $"{field.Name}: the name {name} is the report's own.";
        }

        if (!MeasurementPayload.IsOfWords(field)
            && (ReservedNames.Contains(name) || ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))))
        {
            yield return $"{field.Name}: the name is Google's own.";
        }

        if (field is TextField { MaxLength: > MeasurementLimits.ValueLength })
        {
            yield return $"{field.Name}: the text may be longer than the {MeasurementLimits.ValueLength} characters that there may be.";
        }
    }

    private static IEnumerable<string> TooMany(string what, int count, int most, string limit) =>
        count > most
            ? [string.Create(CultureInfo.InvariantCulture, $"{what}: there are {count}, which is more than the {most} {limit}.")]
            : [];
}
