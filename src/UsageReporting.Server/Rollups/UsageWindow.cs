using System.Globalization;

namespace UsageReporting.Server.Rollups;

/// <summary>
/// One ISO week, with the year that ISO 8601 gives it (2027-01-01 lies in <c>2026-W53</c>), or one calendar month. A window
/// is made of whole days in UTC; the last ones of the calendar may be cut short.
/// </summary>
internal readonly record struct UsageWindow : IComparable<UsageWindow>
{
    private const int DaysOfWeek = 7;

    private UsageWindow(WindowKind kind, DateOnly firstDay)
    {
        Kind = kind;
        FirstDay = firstDay;
    }

    public WindowKind Kind { get; }

    public DateOnly FirstDay { get; }

    /// <summary>The moment in which it begins.</summary>
    public DateTimeOffset Start => new(FirstDay, TimeOnly.MinValue, TimeSpan.Zero);

    public DateOnly LastDay
    {
        get
        {
            int last = Kind == WindowKind.Week
                ? FirstDay.DayNumber + DaysOfWeek - 1
                : FirstDay.DayNumber + DateTime.DaysInMonth(FirstDay.Year, FirstDay.Month) - 1;
            return DateOnly.FromDayNumber(Math.Min(last, DateOnly.MaxValue.DayNumber));
        }
    }

    /// <summary>The window after this one; there is none after the last.</summary>
    public UsageWindow Next => Of(Kind, LastDay.AddDays(1));

    /// <summary>The window before this one; there is none before the first.</summary>
    public UsageWindow Previous => Of(Kind, FirstDay.AddDays(-1));

    public static UsageWindow Of(WindowKind kind, DateTimeOffset time) =>
        Of(kind, DateOnly.FromDateTime(time.UtcDateTime));

    public static UsageWindow Of(WindowKind kind, DateOnly day) => new(
        kind,
        kind == WindowKind.Week
            ? day.AddDays(-(((int)day.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek))
            : new DateOnly(day.Year, day.Month, 1));

    /// <summary>The last window that is over.</summary>
    public static UsageWindow LastClosed(WindowKind kind, DateTimeOffset now) => Of(kind, now).Previous;

    /// <summary>Reads <c>2026-W47</c> or <c>2026-11</c>, in exactly this form.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out UsageWindow window)
    {
        window = default;
        bool isWeek = name.Length == 8 && name[5] == 'W';
        if (!(isWeek || name.Length == 7) || name[4] != '-'
            || !TryNumber(name[..4], out int year) || !TryNumber(name[(isWeek ? 6 : 5)..], out int number)
            || year < 1 || number < 1 || number > (isWeek ? ISOWeek.GetWeeksInYear(year) : 12))
        {
            return false;
        }

        window = isWeek
            // The first week of the calendar is whole: 0001-01-01 was a Monday.
            ? new UsageWindow(WindowKind.Week, DateOnly.FromDateTime(ISOWeek.ToDateTime(year, number, DayOfWeek.Monday)))
            : new UsageWindow(WindowKind.Month, new DateOnly(year, number, 1));
        return true;
    }

    public bool Contains(DateOnly day) => day >= FirstDay && day <= LastDay;

    public bool Contains(DateTimeOffset time) => Contains(DateOnly.FromDateTime(time.UtcDateTime));

    public bool IsClosedAt(DateTimeOffset now) => LastDay < DateOnly.FromDateTime(now.UtcDateTime);

    /// <summary>Whether this is the other window or the one before or after it.</summary>
    public bool IsBeside(UsageWindow other) =>
        Kind == other.Kind
        && LastDay.DayNumber >= other.FirstDay.DayNumber - 1 && FirstDay.DayNumber <= other.LastDay.DayNumber + 1;

    public int CompareTo(UsageWindow other) => FirstDay.CompareTo(other.FirstDay);

    /// <summary>The name in which it is written everywhere; names of one kind sort as the windows do.</summary>
    public override string ToString()
    {
        DateTime first = FirstDay.ToDateTime(TimeOnly.MinValue);
        return Kind == WindowKind.Week
            ? string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(first):0000}-W{ISOWeek.GetWeekOfYear(first):00}")
            : string.Create(CultureInfo.InvariantCulture, $"{first.Year:0000}-{first.Month:00}");
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
