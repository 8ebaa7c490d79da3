using UsageReporting.Server.Dashboard;

namespace UsageReporting.Server.Operators;

/// <summary>The files of the operator's pages that are the same on every server.</summary>
internal static class OperatorAssets
{
    private const string Style = "operator.css";

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, DashboardFile> Files { get; } = new Dictionary<string, DashboardFile>(StringComparer.Ordinal)
    {
        [Style] = new("text/css; charset=utf-8", Read()),
        ["dashboard.css"] = DashboardAssets.Files["dashboard.css"],
        ["icon.svg"] = DashboardAssets.Files["icon.svg"],
    };

    private static byte[] Read()
    {
        using Stream stream = typeof(OperatorAssets).Assembly.GetManifestResourceStream($"UsageReporting.Server.Operators.{Style}")!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
