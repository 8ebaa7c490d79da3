using UsageReporting.Server.Dashboard.Charts;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>A chart with all that stands beside it.</summary>
/// <param name="Name">Whose numbers: a field's, a word's versions', a pair's, or one of the totals'.</param>
/// <param name="View">Its windows; null for the newest one.</param>
/// <param name="Title">What it is of.</param>
/// <param name="Note">How many there are, of which window, what is folded.</param>
/// <param name="Draw">Draws it; null where there is nothing to draw.</param>
/// <param name="Table">Its numbers.</param>
internal sealed record Chart(
    string Name, ChartView? View, string Title, string Note, Func<ChartSize, Markup>? Draw, ChartTable Table)
{
    /// <summary>Why it is asked for.</summary>
    public string? Purpose { get; init; }

    /// <summary>Under which name its numbers are published, where that is another.</summary>
    public string? DataName { get; init; }

    /// <summary>Of which window it is, where it is of one.</summary>
    public UsageWindow? Window { get; init; }

    /// <summary>The windows of its numbers as they are published.</summary>
    public WindowKind Kind { get; init; }
}
