namespace UsageReporting.Server.Rollups;

/// <summary>
/// Counts the installations that reported since a moment, by their newest report: nothing is hidden, so that this is for
/// those who could read the reports themselves. Only ids that stay can be counted so.
/// </summary>
internal sealed class RollingCalculator(ReportSchema schema, DateTimeOffset since)
{
    private readonly InstallationTally _installations = new(isById: true, [.. FieldTally.OfAll(schema)], pairs: []);

    public static bool CanCount(ReportSchema schema) => schema.Header.Identity.Kind == IdentityKind.Stable;

    public void Add(StoredReport report)
    {
        if (report.Id is not null && report.Received >= since)
        {
            _installations.Add(report);
        }
    }

    public RollingNumbers Finish() => new(since, _installations.Installs, _installations.CountHeld(), _installations.Finish(least: 1));
}
