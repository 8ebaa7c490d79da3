using UsageReporting.Server.Rollups;

namespace UsageReporting.Tests.Server.Rollups;

/// <summary>
/// What the documentation says of windows, as plainly as can be: all reports that are there in a list, from which the numbers of a
/// window are made whenever they are due.
/// </summary>
internal sealed class RollupModel(ReportSchema schema)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(10);

    private readonly List<StoredReport> _reports = [];
    private readonly HashSet<DateOnly> _days = [];
    private readonly Dictionary<UsageWindow, (int Came, int Went)> _changes = [];
    private readonly HashSet<UsageWindow> _gone = [];
    private readonly Dictionary<UsageWindow, (Rollup Rollup, (int Came, int Went) Of, DateTimeOffset Made)> _made = [];

    public IEnumerable<string> Lines => _made.OrderBy(made => made.Key.Kind).ThenBy(made => made.Key)
        .Select(made => RollupText.Of(made.Value.Rollup));

    public void Add(StoredReport report)
    {
        _reports.Add(report);
        Note(report, came: 1, went: 0);
    }

    public void Erase(Func<StoredReport, bool> which)
    {
        foreach (StoredReport report in _reports.Where(which))
        {
            Note(report, came: 0, went: 1);
        }

        _reports.RemoveAll(report => which(report));
    }

    /// <summary>Windows that are over have numbers of what was there then.</summary>
    public void RollUp(DateTimeOffset now)
    {
        foreach (WindowKind kind in Enum.GetValues<WindowKind>())
        {
            CountingRule rule = CountingRule.Of(schema, kind);
            UsageWindow[] known = [.. _changes.Keys.Concat(_made.Keys).Where(window => window.Kind == kind).Distinct().Order()];
            if (known.Length == 0)
            {
                continue;
            }

            for (UsageWindow window = known[0]; rule.IsOver(window, now); window = window.Next)
            {
                (int Came, int Went) changes = _changes.GetValueOrDefault(window);
                if (!_gone.Contains(window) && IsDue(window, changes, now))
                {
                    _made[window] = (TestStored.RollUp(schema, window, Enumerable.Reverse(_reports)), changes, now);
                }
            }
        }
    }

    /// <summary>Of windows whose reports begin to go the numbers stay.</summary>
    public void Delete(DateOnly before)
    {
        foreach (UsageWindow window in _changes.Keys)
        {
            bool isByPeriod = CountingRule.Of(schema, window.Kind).IsByPeriod;
            bool isGone = isByPeriod ? window.Previous.FirstDay < before : _days.Any(day => day < before && window.Contains(day));
            if (isGone)
            {
                _gone.Add(window);
            }
        }

        _reports.RemoveAll(report => DayOf(report) < before);
    }

    // Late ones count when they are ten; what was erased goes, even one; and a clock that was ahead was wrong about all of it.
    private bool IsDue(UsageWindow window, (int Came, int Went) changes, DateTimeOffset now) =>
        !_made.TryGetValue(window, out var made)
        || ((changes.Went != made.Of.Went || changes.Came >= made.Of.Came + 10 || (changes != made.Of && made.Made > now))
            && (now - made.Made).Duration() >= AgainAfter);

    private void Note(StoredReport report, int came, int went)
    {
        _days.Add(DayOf(report));
        foreach (WindowKind kind in Enum.GetValues<WindowKind>())
        {
            CountingRule rule = CountingRule.Of(schema, kind);
            UsageWindow? window = rule.IsByPeriod
                ? CountingRule.NamedBy(report.Text(rule.Field), kind, report.Received)
                : UsageWindow.Of(kind, report.Received);
            if (window is { } known)
            {
                (int Came, int Went) changes = _changes.GetValueOrDefault(known);
                _changes[known] = (changes.Came + came, changes.Went + went);
            }
        }
    }

    private static DateOnly DayOf(StoredReport report) => DateOnly.FromDateTime(report.Received.UtcDateTime);
}
