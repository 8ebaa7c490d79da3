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
