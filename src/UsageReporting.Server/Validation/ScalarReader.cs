using System.Text;
using System.Text.Json;

namespace UsageReporting.Server.Validation;

/// <summary>Reads values that are one JSON token: the id and the seven kinds of fields with a column of their own.</summary>
internal static class ScalarReader
{
    // Of dates only the form in which they are stored is as short.
    private const int WrittenDateLength = 20;

    /// <summary>Reads the value that the reader stands on; false for one that is not as declared.</summary>
    /// <param name="json">Stands on the value and stays there.</param>
    /// <param name="member">The id or the field.</param>
    /// <param name="report">Keeps the text.</param>
    /// <param name="value">What to store, when the result is true.</param>
    public static bool TryRead(ref Utf8JsonReader json, ReportMember member, Report report, out FieldValue value) =>
        member.Field switch
        {
            null => TryReadId(ref json, member.IdVersion, report, out value),
            FlagField => TryReadFlag(ref json, out value),
            CountField count => TryReadNumber(ref json, out value) && count.Allows(value.Number),
            _ => TryReadText(ref json, member.Field, report, out value),
        };

    /// <summary>Reads a whole number of at most 64 bits; <c>1.0</c> and <c>1e3</c> are not such.</summary>
    public static bool TryReadNumber(ref Utf8JsonReader json, out FieldValue value)
    {
        long number = 0;
        bool isRead = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out number);
        value = FieldValue.OfNumber(number);
        return isRead;
    }

    /// <summary>Reads a string that <paramref name="field"/> allows, and keeps it.</summary>
    public static bool TryReadText(ref Utf8JsonReader json, UsageField field, Report report, out FieldValue value)
    {
        value = default;
        if (!TryCopy(ref json, report, out Span<byte> text))
        {
            return false;
        }

        int length = text.Length;
        if (!TryNormalize(text, field, ref length))
        {
            return false;
        }

        value = report.KeepText(length);
        return true;
    }

    private static bool TryReadId(ref Utf8JsonReader json, char version, Report report, out FieldValue value)
    {
        value = default;
        if (!TryCopy(ref json, report, out Span<byte> text) || !InstallationId.TryNormalize(text, version))
        {
            return false;
        }

        value = report.KeepText(text.Length);
        return true;
    }

    private static bool TryCopy(ref Utf8JsonReader json, Report report, out Span<byte> text)
    {
        text = default;
        return json.TokenType == JsonTokenType.String
            && JsonText.TryCopy(ref json, report, out text)
            && text.Length <= ServerLimits.TextLength;
    }

    // Dates are stored in one form, which is at most as long as what came; all other texts as they are.
    private static bool TryNormalize(Span<byte> text, UsageField field, ref int length)
    {
        Span<char> buffer = stackalloc char[text.Length];
        ReadOnlySpan<char> chars = buffer[..Encoding.UTF8.GetChars(text, buffer)];
        if (field is DateField)
        {
            if (!DateField.TryRead(chars, out DateTimeOffset instant))
            {
                return false;
            }

            if (text.Length > WrittenDateLength)
            {
                length = Encoding.ASCII.GetBytes(DateField.Write(instant), text);
            }

            return true;
        }

        return field switch
        {
            WordField word => word.Words.Find(chars) is not null,
            BucketField bucket => bucket.Find(chars) is not null,
            VersionField version => version.Allows(chars),
            VersionsField versions => versions.Allows(chars),
            TextField pattern => pattern.Allows(chars),
            _ => false,
        };
    }

    private static bool TryReadFlag(ref Utf8JsonReader json, out FieldValue value)
    {
        value = FieldValue.OfNumber(json.TokenType == JsonTokenType.True ? 1 : 0);
        return json.TokenType is JsonTokenType.True or JsonTokenType.False;
    }
}
