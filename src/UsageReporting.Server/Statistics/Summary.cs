using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>The newest numbers of a product.</summary>
/// <param name="Product">Its name.</param>
/// <param name="AsOf">When the newest of them were made; null where there are none.</param>
/// <param name="Week">The last closed week that has numbers.</param>
/// <param name="WeekBefore">The week before, where it has numbers.</param>
/// <param name="Month">The last closed month that has numbers.</param>
/// <param name="MonthBefore">The month before, where it has numbers.</param>
/// <param name="Rolling">The installations of the last 7 and of the last 30 days, for readers with a key.</param>
internal sealed record Summary(
    string Product,
    DateTimeOffset? AsOf,
    PublishedWindow Week,
    PublishedWindow? WeekBefore,
    PublishedWindow Month,
    PublishedWindow? MonthBefore,
    IReadOnlyDictionary<int, RollingNumbers>? Rolling)
{
    /// <summary>The window whose fields are shown: the longer one, if anything can be said of it.</summary>
    public PublishedWindow Shown => Month.Installs is null ? Week : Month;

    /// <summary>By how much a number has grown since the window before, as a share of that.</summary>
    public static double? Growth(PublishedWindow window, PublishedWindow? before) =>
        window.Installs is { } now && before?.Installs is { } then ? Math.Round(((double)now / then) - 1, 4) : null;
}
