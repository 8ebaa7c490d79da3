using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>How large a chart is drawn, in pixels as it is meant to be seen; a page makes it fit.</summary>
/// <param name="Width">Its width. The height follows from what is in it.</param>
/// <param name="Plot">The height of what has axes.</param>
internal sealed record ChartSize(double Width, double Plot)
{
    /// <summary>One of several on a page, and on a telephone.</summary>
    public static ChartSize Card { get; } = new(380, 150);

    /// <summary>Alone.</summary>
    public static ChartSize Page { get; } = new(820, 300);

    /// <summary>What a drawing begins with: the style of one that is a file of its own.</summary>
    public Markup Head { get; init; }
}
