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
}
