namespace UsageReporting.Server.Rollups;

/// <summary>
/// Makes the numbers of one window from reports, the newest first. It knows nothing but what it is given, so that the
/// numbers of a window are the same whenever they are made from the same reports.
/// </summary>
internal sealed class RollupCalculator
{
    private readonly UsageWindow _window;
    private readonly CountingRule _rule;
    private readonly InstallationTally _installations;
    private long _ephemeral;

    public RollupCalculator(ReportSchema schema, UsageWindow window)
    {
        _window = window;
        _rule = CountingRule.Of(schema, window.Kind);
        _installations = new InstallationTally(
            _rule.IsById, [.. OfFirstReports(schema, window), .. FieldTally.OfAll(schema)], [.. PairTally.OfAll(schema)]);
    }

    public void Add(StoredReport report)
    {
        if (_rule.IsIn(_window, report))
        {
            _installations.Add(report);
        }
        else if (!report.IsHeld && _rule.IsEphemeralIn(_window, report))
        {
            _ephemeral++;
        }
    }

    public Rollup Finish()
    {
        if (!_rule.Counts)
        {
            return new Rollup(_window, null, 0, []) { Ephemeral = _ephemeral };
        }

        IReadOnlyList<FieldRollup> fields = _installations.Finish(ServerLimits.LeastPublished);
        return new Rollup(_window, _installations.Installs, _installations.CountHeld(), fields)
        {
            Pairs = _installations.FinishPairs(fields),
            Ephemeral = _ephemeral,
        };
    }

    private static IEnumerable<FieldTally> OfFirstReports(ReportSchema schema, UsageWindow window)
    {
        if (schema.Header.Identity.Kind == IdentityKind.Stable)
        {
            yield return window.Kind == WindowKind.Week
                ? new ValueTally(Rollup.New, report => report.FirstSeen is { } day ? Flag(window.Contains(day)) : null)
                : new ValueTally(Rollup.FirstSeen, report => report.FirstSeen is { } day ? Month(day) : null);
        }
    }

    private static string Flag(bool value) => value ? StoredReport.Yes : StoredReport.No;

    private static string Month(DateOnly day) => UsageWindow.Of(WindowKind.Month, day).ToString();
}
