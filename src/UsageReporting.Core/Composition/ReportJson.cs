using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace UsageReporting.Core.Composition;

/// <summary>The JSON of reports: no white space, and nothing escaped that need not be.</summary>
internal static class ReportJson
{
    // A version such as 1.2.0+abc is shown as it is; the report goes into no HTML page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(JsonNode json)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes, Options))
        {
            json.WriteTo(writer);
        }

        return bytes.ToArray();
    }
}
