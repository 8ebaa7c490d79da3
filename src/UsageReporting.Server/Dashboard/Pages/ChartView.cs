using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>Which windows a chart over time is about. Each is a folder of charts, so that it has an address that lasts.</summary>
/// <param name="Name">The folder.</param>
/// <param name="Kind">Weeks or months.</param>
/// <param name="Windows">How many; null for all there are.</param>
internal sealed record ChartView(string Name, WindowKind Kind, int? Windows)
{
    private static readonly ChartView[] All =
        [new("year", WindowKind.Week, 52), new("quarter", WindowKind.Week, 13), new("all", WindowKind.Month, null)];

    /// <summary>Those of which a product's identity lets anything be said; the first is what a page shows unless asked otherwise.</summary>
    public static IReadOnlyList<ChartView> Of(ReportSchema schema) =>
        [.. All.Where(view => CountingRule.Of(schema, view.Kind).Counts)];

    /// <summary>The view of the months: cohorts have no other.</summary>
    public static ChartView Months => All[^1];

    /// <summary>The first day.</summary>
    public DateOnly From(DateTimeOffset now) => Windows is { } windows
        ? UsageWindow.LastClosed(Kind, now).FirstDay.AddDays(-7 * (windows - 1))
        : DateOnly.MinValue;
}
