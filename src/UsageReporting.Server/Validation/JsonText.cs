using System.Text.Json;

namespace UsageReporting.Server.Validation;

/// <summary>Unescapes names and strings.</summary>
internal static class JsonText
{
    /// <summary>
    /// Copies the name or string that the reader stands on to where the report keeps its next text, without keeping it.
    /// Half a surrogate pair and U+0000 are refused: JSON lets them pass as escapes, databases do not.
    /// </summary>
    public static bool TryCopy(ref Utf8JsonReader json, Report report, out Span<byte> text)
    {
        if (json.ValueIsEscaped)
        {
            return TryUnescape(ref json, report, out text);
        }

        // Nothing else needs a look: the report was held to be UTF-8, and JSON lets no U+0000 pass as it is.
        text = report.FreeText[..json.ValueSpan.Length];
        json.ValueSpan.CopyTo(text);
        return true;
    }

    private static bool TryUnescape(ref Utf8JsonReader json, Report report, out Span<byte> text)
    {
        try
        {
            text = report.FreeText[..json.CopyString(report.FreeText)];
            return !text.Contains((byte)0);
        }
        catch (InvalidOperationException)
        {
            // What CopyString says to half a surrogate pair; there is no other way to ask.
            text = default;
            return false;
        }
    }
}
