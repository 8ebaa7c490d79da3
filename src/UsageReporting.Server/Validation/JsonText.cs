using System.Text.Json;

namespace UsageReporting.Server.Validation;

/// <summary>Unescapes names and strings into the text of a report.</summary>
internal static class JsonText
{
    /// <summary>
    /// Copies the name or string that the reader stands on. False for half a surrogate pair and for U+0000, which JSON
    /// lets pass as escapes and which no database takes.
    /// </summary>
    public static bool TryCopy(ref Utf8JsonReader json, Report report, out FieldValue text)
    {
        try
        {
            text = report.KeepText(json.CopyString(report.FreeText));
            return !report.Text(text).Contains((byte)0);
        }
        catch (InvalidOperationException)
        {
            // What CopyString says to half a surrogate pair; there is no other way to ask.
            text = default;
            return false;
        }
    }
}
