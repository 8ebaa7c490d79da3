using System.Text;
using System.Text.Json;

namespace UsageReporting.Server.Validation;

/// <summary>Reads values that are one JSON token: the id and the seven kinds of fields with a column of their own.</summary>
internal static class ScalarReader
{
    /// <summary>Reads the value that the reader stands on; false for one that is not as declared.</summary>
    /// <param name="json">Stands on the value and stays there.</param>
    /// <param name="field">The field; null for the id.</param>
    /// <param name="report">Keeps the text.</param>
    /// <param name="value">What to store, when the result is true.</param>
    public static bool TryRead(ref Utf8JsonReader json, UsageField? field, Report report, out FieldValue value) =>
        field switch
        {
            FlagField => TryReadFlag(ref json, out value),
            CountField count => TryReadNumber(ref json, out value) && count.Allows(value.Number),
            _ => TryReadText(ref json, field, report, out value),
        };

    /// <summary>Reads a whole number of at most 64 bits; <c>1.0</c> and <c>1e3</c> are not such.</summary>
    public static bool TryReadNumber(ref Utf8JsonReader json, out FieldValue value)
    {
        long number = 0;
        bool isRead = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out number);
        value = FieldValue.OfNumber(number);
        return isRead;
    }

    /// <summary>Reads a string and asks <paramref name="field"/> whether it is allowed.</summary>
    public static bool TryReadText(ref Utf8JsonReader json, UsageField? field, Report report, out FieldValue value)
    {
        value = default;
        if (json.TokenType != JsonTokenType.String
            || !JsonText.TryCopy(ref json, report, out value)
            || value.Length > ServerLimits.TextLength)
        {
            return false;
        }

        if (field is null)
        {
            return InstallationId.TryNormalize(report.Text(value));
        }

        Span<char> buffer = stackalloc char[ServerLimits.TextLength];
        ReadOnlySpan<char> text = buffer[..Encoding.UTF8.GetChars(report.Text(value), buffer)];
        if (field is DateField)
        {
            bool isDate = DateField.TryRead(text, out DateTimeOffset instant);
            value = isDate ? report.Replace(value, DateField.Write(instant)) : default;
            return isDate;
        }

        return field switch
        {
            WordField word => word.Words.Find(text) is not null,
            BucketField bucket => bucket.Find(text) is not null,
            VersionField version => version.Allows(text),
            VersionsField versions => versions.Allows(text),
            TextField pattern => pattern.Allows(text),
            _ => false,
        };
    }

    private static bool TryReadFlag(ref Utf8JsonReader json, out FieldValue value)
    {
        value = FieldValue.OfNumber(json.TokenType == JsonTokenType.True ? 1 : 0);
        return json.TokenType is JsonTokenType.True or JsonTokenType.False;
    }
}
