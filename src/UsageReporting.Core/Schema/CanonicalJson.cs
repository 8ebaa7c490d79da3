using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace UsageReporting.Core.Schema;

/// <summary>
/// JSON in the one form of RFC 8785: members sorted by UTF-16 code units, no white space, as few escapes as there can
/// be. Numbers are whole and within ± (2^53 − 1), for which that RFC's form is the plain decimal one.
/// </summary>
internal static class CanonicalJson
{
    public static byte[] Write(JsonNode node)
    {
        StringBuilder json = new();
        Write(node, json);
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    private static void Write(JsonNode node, StringBuilder json)
    {
        switch (node)
        {
            case JsonObject members:
                WriteAll(members.OrderBy(m => m.Key, StringComparer.Ordinal), '{', '}', json, member =>
                {
                    WriteString(member.Key, json);
                    json.Append(':');
                    Write(member.Value!, json);
                });
                break;
            case JsonArray items:
                WriteAll(items, '[', ']', json, item => Write(item!, json));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteString(value.GetValue<string>(), json);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                json.Append(CultureInfo.InvariantCulture, $"{value.GetValue<long>()}");
                break;
            default:
                json.Append(node.GetValue<bool>() ? "true" : "false");
                break;
        }
    }

    private static void WriteAll<T>(IEnumerable<T> items, char open, char close, StringBuilder json, Action<T> write)
    {
        json.Append(open);
        bool isFirst = true;
        foreach (T item in items)
        {
            if (!isFirst)
            {
                json.Append(',');
            }

            isFirst = false;
            write(item);
        }

        json.Append(close);
    }

    // RFC 8785, 3.2.2.2. The encoders of System.Text.Json escape more than it allows.
    private static void WriteString(string text, StringBuilder json)
    {
        json.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }

        json.Append('"');
    }
}
