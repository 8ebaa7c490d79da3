using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>Which windows a chart over time is about. Each is a folder of charts, so that it has an address that lasts.</summary>
/// <param name="Name">The folder.</param>
/// <param name="Kind">Weeks or months.</param>
/// <param name="Windows">How many; null for all there are.</param>
internal sealed record ChartView(string Name, WindowKind Kind, int? Windows)
{
    private static readonly ChartView[] All =
        [new("quarter", WindowKind.Week, 13), new("year", WindowKind.Week, 52), new("all", WindowKind.Month, null)];

    /// <summary>Those of which a product's identity lets anything be said.</summary>
    public static IReadOnlyList<ChartView> Of(ReportSchema schema) =>
        [.. All.Where(view => CountingRule.Of(schema, view.Kind).Counts)];

    /// <summary>What a product's page shows unless asked otherwise: a year, or where weeks cannot be counted all months.</summary>
    public static ChartView Default(ReportSchema schema) => Of(schema).FirstOrDefault(view => view.Name == "year") ?? Months;

    /// <summary>The view of the months: cohorts have no other.</summary>
    public static ChartView Months => All[^1];

    /// <summary>The first day.</summary>
    public DateOnly From(DateTimeOffset now) => Windows is { } windows
        ? UsageWindow.LastClosed(Kind, now).FirstDay.AddDays(-7 * (windows - 1))
        : DateOnly.MinValue;
}
