using System.Globalization;

namespace UsageReporting;

/// <summary>
/// The periods in which a rotating id stays the same, both in UTC: ISO 8601 weeks, which belong to the year of their
/// Thursday (2026-12-31 and 2027-01-01 are both in <c>2026-W53</c>), and calendar months.
/// </summary>
public static class ReportPeriod
{
    /// <summary>The period's name on the wire: <c>2026-W47</c> or <c>2026-11</c>.</summary>
    /// <param name="rotates">How long a period is.</param>
    /// <param name="time">A time in it.</param>
    public static string Of(RotationPeriod rotates, DateTimeOffset time)
    {
        DateTime day = time.UtcDateTime;
        return rotates == RotationPeriod.Week
            ? string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(day):0000}-W{ISOWeek.GetWeekOfYear(day):00}")
            : day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
    }

    /// <summary>When the period is over: the first instant of the next one.</summary>
    /// <param name="rotates">How long a period is.</param>
    /// <param name="time">A time in it.</param>
    public static DateTimeOffset EndOf(RotationPeriod rotates, DateTimeOffset time)
    {
        DateTimeOffset day = new(time.UtcDateTime.Date, TimeSpan.Zero);
        return rotates == RotationPeriod.Week
            ? Later(day, day => day.AddDays(7 - (((int)day.DayOfWeek + 6) % 7)))
            : Later(day, day => day.AddDays(1 - day.Day).AddMonths(1));
    }

    // The calendar ends within a period.
    private static DateTimeOffset Later(DateTimeOffset day, Func<DateTimeOffset, DateTimeOffset> end) =>
        day > DateTimeOffset.MaxValue.AddDays(-31) ? DateTimeOffset.MaxValue : end(day);
}
