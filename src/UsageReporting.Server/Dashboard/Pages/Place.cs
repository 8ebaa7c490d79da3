using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>
/// Where a page lies among the files of the dashboard. All links are relative, so that the files are the same below any address,
/// from a server or from a folder.
/// </summary>
/// <param name="Depth">In how many folders.</param>
internal readonly record struct Place(int Depth)
{
    /// <summary>The name of the page of a folder.</summary>
    public const string Index = "index.html";

    /// <summary>The way up to the files of all products.</summary>
    public string Root => string.Concat(Enumerable.Repeat("../", Depth));

    /// <summary>The page of a product.</summary>
    public string Product(string product) => $"{Root}{product}/{Index}";

    /// <summary>A file beside the page of a product.</summary>
    public string Of(string product, string file) => $"{Root}{product}/{Uri.EscapeDataString(file)}";

    /// <summary>The certificate of a word in a window, with its ending.</summary>
    public string Certificate(string product, UsageWindow window, string name, string ending) =>
        $"{Root}certificate/{product}/{window}/{Uri.EscapeDataString(PublishedName.FileOf(name))}.{ending}";

    /// <summary>The chart of a name, with its ending.</summary>
    public string Chart(string product, string name, ChartView? view, string ending) =>
        $"{Root}chart/{product}/{(view is null ? "" : $"{view.Name}/")}{Uri.EscapeDataString(PublishedName.FileOf(name))}.{ending}";
}
