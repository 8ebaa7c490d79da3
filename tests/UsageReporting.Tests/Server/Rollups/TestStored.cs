using UsageReporting.Server.Rollups;

namespace UsageReporting.Tests.Server.Rollups;

/// <summary>Stored reports by the names of their fields.</summary>
internal static class TestStored
{
    /// <summary>A report; a value is a text, a flag, a number, or words with or without numbers.</summary>
    public static StoredReport Of(
        ReportSchema schema, DateTimeOffset received, Guid? id, params ReadOnlySpan<(string Field, object Value)> values)
    {
        StoredReport report = new(schema.Fields.Count) { Received = received, Id = id };
        foreach ((string name, object value) in values)
        {
            int place = schema.Fields.ToList().FindIndex(field => field.Name == name);
            switch (value)
            {
                case bool flag:
                    report.Set(place, flag ? StoredReport.Yes : StoredReport.No);
                    break;
                case int number:
                    report.Set(place, (long?)number);
                    break;
                case string text:
                    report.Set(place, text);
                    break;
                case string[] words:
                    report.Entries.AddRange(words.Select(word => new StoredEntry(place, word)));
                    break;
                case (string Word, string Version)[] versions:
                    report.Entries.AddRange(versions.Select(version => new StoredEntry(place, version.Word, Version: version.Version)));
                    break;
                case (string Word, int Number)[] counts:
                    report.Entries.AddRange(counts.Select(count => new StoredEntry(place, count.Word, count.Number)));
                    break;
                default:
                    throw new ArgumentException($"{name}: {value} is no value.", nameof(values));
            }
        }

        return report;
    }

    public static Rollup RollUp(ReportSchema schema, UsageWindow window, IEnumerable<StoredReport> newestFirst)
    {
        RollupCalculator calculator = new(schema, window);
        foreach (StoredReport report in newestFirst)
        {
            calculator.Add(report);
        }

        return calculator.Finish();
    }
}
