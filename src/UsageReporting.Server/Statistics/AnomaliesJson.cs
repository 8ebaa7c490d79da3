using System.Text.Json;

namespace UsageReporting.Server.Statistics;

/// <summary>Writes anomalies as JSON, for readers with a key: the numbers are exact.</summary>
internal static class AnomaliesJson
{
    public static byte[] Write(string product, IReadOnlyList<Anomaly> anomalies)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteString("product", product);
            json.WriteStartArray("anomalies");
            foreach (Anomaly anomaly in anomalies)
            {
                json.WriteStartObject();
                json.WriteString("when", anomaly.When);
                json.WriteNumber("number", anomaly.Number);
                json.WriteNumber("expected", anomaly.Expected);
                json.WriteNumber("change", anomaly.Change);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
