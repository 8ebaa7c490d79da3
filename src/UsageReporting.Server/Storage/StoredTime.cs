using System.Globalization;

namespace UsageReporting.Server.Storage;

/// <summary>
/// Times as they are stored: the form of a date field, whose texts sort as the times do. Whole seconds, so that the
/// window's edge is the same in every engine.
/// </summary>
internal static class StoredTime
{
    public const int Length = 20;

    /// <summary>The length of the day with which a time begins.</summary>
    public const int DayLength = 10;

    public static DateTimeOffset Now(TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }

    /// <summary>Writes a time as <see cref="DateField"/> does, without a string.</summary>
    /// <param name="time">Any time.</param>
    /// <param name="text">As many bytes as <see cref="Length"/> says.</param>
    public static void Write(DateTimeOffset time, Span<byte> text)
    {
        time.UtcDateTime.TryFormat(text, out int written, "s", CultureInfo.InvariantCulture);
        text[written] = (byte)'Z';
    }

    /// <summary>Reads what <see cref="Write"/> has written, without a string.</summary>
    public static DateTimeOffset Read(ReadOnlySpan<byte> text)
    {
        DateOnly day = ReadDay(text);
        return new DateTimeOffset(
            day.Year, day.Month, day.Day, Number(text[11..13]), Number(text[14..16]), Number(text[17..19]), TimeSpan.Zero);
    }

    /// <summary>Reads the day with which a time begins.</summary>
    public static DateOnly ReadDay(ReadOnlySpan<byte> text) =>
        new(Number(text[..4]), Number(text[5..7]), Number(text[8..10]));

    private static int Number(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits)
        {
            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
