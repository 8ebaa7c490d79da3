using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace UsageReporting.Server.Metrics;

/// <summary>
/// Writes Prometheus's text format, version 0.0.4, with the names that OpenTelemetry gives its metrics there: the unit and,
/// of a counter, <c>total</c> at the end.
/// </summary>
internal sealed class PrometheusText
{
    private readonly StringBuilder _text = new();

    public static string NameOf(Instrument instrument)
    {
        string unit = instrument.Unit == "s" ? "_seconds" : "";
        string kind = instrument is Counter<long> ? "_total" : "";
        return $"{instrument.Name.Replace('.', '_')}{unit}{kind}";
    }

    public static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        StringBuilder labels = new();
        foreach ((string key, object? value) in tags)
        {
            labels.Append(labels.Length == 0 ? "" : ",")
                .Append(CultureInfo.InvariantCulture, $"{key}=\"{Escape($"{value}").Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        }

        return labels.ToString();
    }

    public void Begin(string name, string type, string help) => _text
        .Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escape(help)}\n")
        .Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n");

    public void Sample(string name, string labels, double value)
    {
        string between = labels.Length == 0 ? "" : $"{{{labels}}}";
        _text.Append(CultureInfo.InvariantCulture, $"{name}{between} {value}\n");
    }

    public override string ToString() => _text.ToString();

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
