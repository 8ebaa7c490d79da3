using System.Security.Cryptography;
using System.Text;
using UsageReporting.Server.Dashboard.Charts;
using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Dashboard;

/// <summary>The files that are the same on every server: two style sheets, a script and an icon.</summary>
internal static class DashboardAssets
{
    private const string ChartStyle = "chart.css";

    private static readonly string Style = Encoding.UTF8.GetString(Read(ChartStyle));

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, DashboardFile> Files { get; } = new Dictionary<string, DashboardFile>(StringComparer.Ordinal)
    {
        [ChartStyle] = new("text/css; charset=utf-8", Read(ChartStyle)),
        ["dashboard.css"] = new("text/css; charset=utf-8", Read("dashboard.css")),
        ["dashboard.js"] = new("text/javascript; charset=utf-8", Read("dashboard.js")),
        ["icon.svg"] = new("image/svg+xml; charset=utf-8", Read("icon.svg")),
    };

    /// <summary>The size of a chart that is a file of its own, and brings its style. In XML that may be encoded like any text.</summary>
    public static ChartSize ChartFile { get; } = ChartSize.Page with
    {
        Head = Markup.Of($"""<style>{Style}</style><rect class="paper" width="100%" height="100%"/>"""),
    };

    /// <summary>What such a file may load: that style and nothing else.</summary>
    public static string ChartPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(DashboardAssets).Assembly.GetManifestResourceStream($"UsageReporting.Server.Dashboard.{name}")!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
