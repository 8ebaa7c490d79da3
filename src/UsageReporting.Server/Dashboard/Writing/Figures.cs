using System.Globalization;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Dashboard.Writing;

/// <summary>Numbers and times as people read them.</summary>
internal static class Figures
{
    private const string Unknown = "–";

    /// <summary>12,345, or a dash for what is not said.</summary>
    public static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? Unknown;

    /// <summary>41.2 %</summary>
    public static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    /// <summary>41 %, for the marks of an axis, which are round.</summary>
    public static string WholePercent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    /// <summary>+3.4 %, or a dash.</summary>
    public static string Change(double? share) =>
        share?.ToString("+0.0 %;\u22120.0 %;0.0 %", CultureInfo.InvariantCulture) ?? Unknown;

    /// <summary>2026-11-23 00:00 UTC</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>23 Nov 2026</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>16 Nov – 22 Nov 2026, or Nov 2026.</summary>
    public static string Days(UsageWindow window) => window.Kind == WindowKind.Month
        ? Month(window.FirstDay)
        : $"{window.FirstDay.ToString("d MMM", CultureInfo.InvariantCulture)} – {Day(window.LastDay)}";

    /// <summary>Nov 2026</summary>
    public static string Month(DateOnly day) => day.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>1.2k, 12k, 3M: for the marks of an axis, which are round.</summary>
    public static string Mark(double number) => number switch
    {
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1_000_000:0.##}M"),
        >= 1_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1_000:0.##}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{number:0.##}"),
    };
}
