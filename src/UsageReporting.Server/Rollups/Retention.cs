using UsageReporting.Server.Products;

namespace UsageReporting.Server.Rollups;

/// <summary>How long things are kept. Numbers are kept for ever.</summary>
internal static class Retention
{
    private const int Months = 2;

    private static readonly TimeSpan SilentFor = TimeSpan.FromDays(60);

    /// <summary>
    /// The first day whose reports are kept: two months, so that the last closed month can be made again for another month.
    /// </summary>
    public static DateOnly ReportsSince(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).AddMonths(-Months).AddDays(1);

    /// <summary>
    /// An installation that was last heard of before is forgotten. Not within its product's window, in which its report
    /// would be refused.
    /// </summary>
    public static DateTimeOffset HeardOfSince(Product product, DateTimeOffset now) =>
        now - (product.Window > SilentFor ? product.Window : SilentFor);

    /// <summary>The days and windows whose reports came before a day, in the order in which they are deleted.</summary>
    public static IEnumerable<ReportSpan> Over(IEnumerable<ReportSpan> spans, DateOnly before) =>
        // Windows first: nothing may be counted in them any more when the first of their reports goes.
        spans.Where(span => !span.IsEmpty && IsOver(span, before)).OrderBy(span => RollupSchedule.TryDay(span.Name, out _));

    // The span of a window has no reports of its own: they lie in those of their days, and in those around it.
    private static bool IsOver(ReportSpan span, DateOnly before) =>
        RollupSchedule.TryDay(span.Name, out DateOnly day)
            ? day < before
            : UsageWindow.TryParse(span.Name, out UsageWindow window) && window.Previous.FirstDay < before;
}
