using System.Globalization;

namespace UsageReporting.Server.Rollups;

/// <summary>Decides which windows of a product are due: those that are over and have no numbers, or none of what has changed since.</summary>
internal static class RollupSchedule
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>Finds what is due, oldest first.</summary>
    /// <param name="schema">The product's.</param>
    /// <param name="kind">Weeks or months.</param>
    /// <param name="spans">Where its reports lie.</param>
    /// <param name="states">The windows that have numbers.</param>
    /// <param name="now">Now.</param>
    public static IEnumerable<DueRollup> Due(
        ReportSchema schema,
        WindowKind kind,
        IReadOnlyList<ReportSpan> spans,
        IReadOnlyList<RollupState> states,
        DateTimeOffset now)
    {
        CountingRule rule = CountingRule.Of(schema, kind);
        Dictionary<UsageWindow, RollupState> rolledUp =
            states.Where(state => state.Window.Kind == kind).ToDictionary(state => state.Window);
        ILookup<UsageWindow, ReportSpan> byDay = ByWindow(spans, name => WindowOfDay(kind, name));
        ILookup<UsageWindow, ReportSpan> byWindow = rule.IsByPeriod ? ByWindow(spans, name => WindowNamed(kind, name)) : byDay;
        UsageWindow[] known =
        [
            .. byWindow.Select(w => w.Key),
            .. rolledUp.Keys,
            // Also those in which no report names a window. Days whose reports are gone make no zeros.
            .. byDay.Where(w => w.Any(span => !span.IsEmpty)).Select(w => w.Key),
        ];
        if (known.Length == 0)
        {
            yield break;
        }

        foreach (UsageWindow window in Windows(kind, known, now).TakeWhile(window => rule.IsOver(window, now)))
        {
            ReportSpan[] of = [.. byWindow[window]];
            ReportChanges changes = new(of.Sum(span => span.Changes.Came), of.Sum(span => span.Changes.Went));
            bool isMade = rolledUp.TryGetValue(window, out RollupState made);
            // Of a window whose reports are gone the numbers stay as they are, whatever the clock says.
            if (!of.Any(span => span.IsGone) && (!isMade || IsDueAgain(made, changes, now)))
            {
                // Reports that name no window lie in their days.
                ReportSpan[] read = [.. of.Concat(rule.IsByPeriod ? byDay[window] : []).Where(span => !span.IsEmpty)];
                yield return read.Length == 0
                    ? new DueRollup(window, 0, -1, changes)
                    : new DueRollup(window, read.Min(span => span.First), read.Max(span => span.Last), changes);
            }
        }
    }

    // A window without any report has numbers, too: zeros. Not so for the years before that a clock which was wrong once made up.
    private static IEnumerable<UsageWindow> Windows(WindowKind kind, UsageWindow[] known, DateTimeOffset now)
    {
        UsageWindow filled = UsageWindow.Of(kind, now - ServerLimits.ZerosFor);
        foreach (UsageWindow window in known.Where(window => window.CompareTo(filled) < 0).Distinct().Order())
        {
            yield return window;
        }

        for (UsageWindow window = known.Min().CompareTo(filled) < 0 ? filled : known.Min(); ; window = window.Next)
        {
            yield return window;
        }
    }

    /// <summary>The name of the span of a day.</summary>
    public static string NameOf(DateOnly day) => day.ToString(Day, CultureInfo.InvariantCulture);

    /// <summary>The day of a span that is one.</summary>
    public static bool TryDay(string name, out DateOnly day) =>
        DateOnly.TryParseExact(name, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    // Two versions of a window differ by what came between them: fewer than ten reports are left out rather than told so.
    // What was erased has to go, even one; and a clock that was ahead closed a window to which reports go on coming. All of
    // it is counted each time, so that it is not done too often.
    private static bool IsDueAgain(RollupState made, ReportChanges changes, DateTimeOffset now) =>
        (changes.Went != made.Changes.Went
            || changes.Came - made.Changes.Came >= ServerLimits.LeastPublished
            || (changes != made.Changes && made.Made > now))
        && (now - made.Made).Duration() >= ServerLimits.MadeAgainEvery;

    private static ILookup<UsageWindow, ReportSpan> ByWindow(IReadOnlyList<ReportSpan> spans, Func<string, UsageWindow?> windowOf) =>
        spans.Select(span => (Window: windowOf(span.Name), Span: span))
            .Where(span => span.Window is not null)
            .ToLookup(span => span.Window!.Value, span => span.Span);

    private static UsageWindow? WindowOfDay(WindowKind kind, string name) =>
        TryDay(name, out DateOnly day) ? UsageWindow.Of(kind, day) : null;

    private static UsageWindow? WindowNamed(WindowKind kind, string name) =>
        UsageWindow.TryParse(name, out UsageWindow named) && named.Kind == kind ? named : null;
}
