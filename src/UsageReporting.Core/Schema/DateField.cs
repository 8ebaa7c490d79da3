using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace UsageReporting;

/// <summary>
/// An instant in UTC, ISO 8601 as RFC 3339 profiles it: <c>2026-05-18T12:00:00Z</c>, with an optional fraction of the
/// second, which is cut off. An offset other than zero is refused rather than converted.
/// </summary>
public sealed record DateField : UsageField
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int LengthWithoutZone = 19;

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
        instant = default;
        ReadOnlySpan<char> zoneless = text.EndsWith("Z") ? text[..^1] : text.EndsWith("+00:00") ? text[..^6] : [];

        // The fraction is looked at here because RFC 3339 allows any number of digits, and .NET reads at most seven.
        int point = zoneless.IndexOf('.');
        if (point >= 0)
        {
            ReadOnlySpan<char> fraction = zoneless[(point + 1)..];
            if (fraction.IsEmpty || fraction.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            zoneless = zoneless[..point];
        }

        if (zoneless.Length != LengthWithoutZone)
        {
            return false;
        }

        // The only form that .NET reads without comparing separators by the rules of a culture, which costs a server more than
        // the rest of a report: with seven digits of a fraction.
        ReadOnlySpan<byte> fractionless = ".0000000"u8;
        Span<byte> bytes = stackalloc byte[LengthWithoutZone + fractionless.Length];
        Encoding.ASCII.GetBytes(zoneless, bytes);
        fractionless.CopyTo(bytes[LengthWithoutZone..]);
        bool isRead = Utf8Parser.TryParse(bytes, out DateTime time, out _, 'O');
        instant = new DateTimeOffset(time, TimeSpan.Zero);
        return isRead;
    }

    /// <summary>The instant as it is sent and stored: UTC, whole seconds, <c>Z</c>.</summary>
    /// <param name="instant">Any instant.</param>
    public static string Write(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
