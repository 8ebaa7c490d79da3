using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>How far a product's numbers have come.</summary>
/// <param name="HasReports">Whether any report came that is still kept, or any window has numbers.</param>
/// <param name="HasNumbers">Whether any window has numbers.</param>
/// <param name="NextNumbers">When the window that is open now has numbers.</param>
/// <param name="Late">The window that should have numbers by now and has none.</param>
internal sealed record Freshness(bool HasReports, bool HasNumbers, DateTimeOffset NextNumbers, UsageWindow? Late)
{
    // A window that closes has its numbers within seconds, of millions of reports within minutes.
    private static readonly TimeSpan LateAfter = TimeSpan.FromHours(1);

    public static Freshness Of(
        ReportSchema schema, IReadOnlyList<ReportSpan> spans, IReadOnlyList<RollupState> states, DateTimeOffset now)
    {
        WindowKind[] kinds = [.. Enum.GetValues<WindowKind>().Where(kind => CountingRule.Of(schema, kind).Counts)];
        DateOnly[] days = [.. spans.Where(span => !span.IsEmpty).Select(span => RollupSchedule.TryDay(span.Name, out DateOnly day) ? day : DateOnly.MaxValue)];
        UsageWindow? late = kinds.Select(kind => LateOf(CountingRule.Of(schema, kind), kind)).FirstOrDefault(window => window is not null);
        return new Freshness(
            days.Length > 0 || states.Count > 0,
            states.Any(state => kinds.Contains(state.Window.Kind)),
            kinds.Length == 0 ? now : kinds.Min(kind => EndOf(CountingRule.Of(schema, kind), UsageWindow.Of(kind, now))),
            late);

        UsageWindow? LateOf(CountingRule rule, WindowKind kind)
        {
            UsageWindow window = UsageWindow.LastClosed(kind, now - LateAfter);
            window = rule.IsOver(window, now - LateAfter) ? window : window.Previous;
            bool isDue = days.Any(day => day <= window.LastDay) || states.Any(state => state.Window.Kind == kind);
            return isDue && states.All(state => state.Window != window) ? window : null;
        }
    }

    private static DateTimeOffset EndOf(CountingRule rule, UsageWindow window) =>
        rule.IsByPeriod ? window.Next.Start + ServerLimits.PeriodEdge : window.Next.Start;
}
