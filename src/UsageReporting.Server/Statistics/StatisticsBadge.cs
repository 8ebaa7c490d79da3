using UsageReporting.Server.Badges;

namespace UsageReporting.Server.Statistics;

/// <summary>The numbers of a summary that there are badges of.</summary>
/// <param name="Label">What is counted, and in which window.</param>
/// <param name="Value">The number.</param>
/// <param name="Note">When it was made.</param>
internal sealed record StatisticsBadge(string Label, string Value, string? Note)
{
    /// <summary>The metrics, under the names that they have in the summary.</summary>
    public static IReadOnlyList<string> Metrics { get; } = ["active_week", "active_month", "new_week", "new_month"];

    /// <returns>Null for a metric that there is not.</returns>
    public static StatisticsBadge? Of(Summary summary, string metric)
    {
        (string Word, PublishedWindow Window, long? Number)? found = metric switch
        {
            "active_week" => ("active", summary.Week, summary.Week.Installs),
            "active_month" => ("active", summary.Month, summary.Month.Installs),
            "new_week" => ("new", summary.Week, summary.Week.New),
            "new_month" => ("new", summary.Month, summary.Month.New),
            _ => null,
        };
        return found is { } badge
            ? new StatisticsBadge(
                $"{badge.Word} {badge.Window.Window}",
                badge.Number is { } number ? BadgeNumber.Of(number) : "not published",
                summary.AsOf is { } made ? $"as of {DateField.Write(made)}" : null)
            : null;
    }
}
