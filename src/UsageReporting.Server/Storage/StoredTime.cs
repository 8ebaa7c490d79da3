using System.Text;

namespace UsageReporting.Server.Storage;

/// <summary>
/// Times as they are stored: the form of a date field, whose texts sort as the times do. Whole seconds, so that the
/// window's edge is the same in every engine.
/// </summary>
internal static class StoredTime
{
    public static DateTimeOffset Now(TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }

    public static byte[] Write(DateTimeOffset time) => Encoding.ASCII.GetBytes(DateField.Write(time));
}
