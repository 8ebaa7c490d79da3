using System.Globalization;
using System.Text;

namespace UsageReporting.Core.Schema;

/// <summary>The spelling of names in a schema and on the wire.</summary>
internal static class SchemaNames
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        value.ToString().ToLowerInvariant();

    public static TEnum? Find<TEnum>(string name)
        where TEnum : struct, Enum
    {
        foreach (TEnum value in Enum.GetValues<TEnum>())
        {
            if (Of(value) == name)
            {
                return value;
            }
        }

        return null;
    }

    // "installation.platform": each part begins with a letter, so that it is a column's name anywhere.
    public static bool IsFieldName(string name) =>
        name.Length is > 0 and <= SchemaLimits.NameLength
        && name.Split('.') is { Length: <= SchemaLimits.Depth } parts
        && parts.All(part =>
            part.Length > 0
            && char.IsAsciiLetterLower(part[0])
            && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'));

    public static bool IsProductName(string name) =>
        name.Length is > 0 and <= SchemaLimits.NameLength
        && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public static bool IsWord(string word) =>
        word.Length is > 0 and <= SchemaLimits.WordLength
        && !word.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !word.Contains('"') && !word.Contains('\'');

    // A sentence that is shown on a terminal: no line breaks, no escape sequences, no bidirectional overrides.
    public static bool IsSentence(string sentence, int length) =>
        sentence.Length <= length
        && !string.IsNullOrWhiteSpace(sentence)
        && sentence.EnumerateRunes().All(IsShown);

    // Half a surrogate pair is enumerated as the replacement character; it could not be written as UTF-8.
    private static bool IsShown(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned);
}
