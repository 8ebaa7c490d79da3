using System.Globalization;

namespace ReferenceServer.Demo;

/// <summary>The releases of a product within the year: a minor one every two months, and one that mends it three weeks later.</summary>
internal static class DemoReleases
{
    private const int WeeksBetween = 9;
    private const int WeeksToPatch = 3;
    private const int FirstMinor = 10;

    /// <summary>What an installation runs in a week.</summary>
    /// <param name="week">The week.</param>
    /// <param name="lag">How many weeks after a release it updates.</param>
    /// <param name="firstWeek">When it was installed: with what was newest then.</param>
    /// <param name="major">The product's first number.</param>
    public static string VersionIn(int week, int lag, int firstWeek, int major)
    {
        int reached = Math.Max(week - lag, Math.Min(week, firstWeek));
        // The year begins between two releases.
        int since = reached + 4;
        int minor = FirstMinor + (int)Math.Floor((double)since / WeeksBetween);
        int patch = ((since % WeeksBetween) + WeeksBetween) % WeeksBetween >= WeeksToPatch ? 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}.{patch}");
    }
}
