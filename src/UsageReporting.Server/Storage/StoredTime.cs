using System.Globalization;

namespace UsageReporting.Server.Storage;

/// <summary>
/// Times as they are stored: the form of a date field, whose texts sort as the times do. Whole seconds, so that the
/// window's edge is the same in every engine.
/// </summary>
internal static class StoredTime
{
    public const int Length = 20;

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
}
