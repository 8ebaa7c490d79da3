using System.Globalization;

namespace UsageReporting;

/// <summary>
/// An instant in UTC, ISO 8601 as RFC 3339 profiles it: <c>2026-05-18T12:00:00Z</c>, with an optional fraction of the
/// second, which is cut off. An offset other than zero is refused rather than converted.
/// </summary>
public sealed record DateField : UsageField
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd'T'HH:mm:ss'+00:00'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'+00:00'",
    ];

    /// <summary>Declares the field.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is asked for.</param>
    public DateField(string name, string label, string purpose)
        : base(UsageFieldKind.Date, name, label, purpose)
    {
    }

    /// <summary>Reads an instant and cuts off the fraction of its second.</summary>
    /// <param name="text">The text.</param>
    /// <param name="instant">The instant in UTC, when the result is true.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Utc, out instant))
        {
            return false;
        }

        instant = new DateTimeOffset(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return true;
    }

    /// <summary>The instant as it is sent and stored: UTC, whole seconds, <c>Z</c>.</summary>
    /// <param name="instant">Any instant.</param>
    public static string Write(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Formats[0], CultureInfo.InvariantCulture);
}
