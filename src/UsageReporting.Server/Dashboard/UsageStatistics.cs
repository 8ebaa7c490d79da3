using System.Text;
using UsageReporting.Server.Dashboard;
using UsageReporting.Server.Products;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server;

/// <summary>
/// The published numbers for programs: among the services after <c>AddUsageReportingServer</c>, and readable without
/// starting the host, also while another process is the server.
/// </summary>
public sealed class UsageStatistics
{
    private readonly ProductCatalog _catalog;
    private readonly StatisticsReader _statistics;
    private readonly DashboardFiles _files;

    internal UsageStatistics(ProductCatalog catalog, StatisticsReader statistics, DashboardFiles files)
    {
        _catalog = catalog;
        _statistics = statistics;
        _files = files;
    }

    /// <summary>What a maintainer wants to know once a week, of each product, as Markdown.</summary>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<string> WriteDigestAsync(CancellationToken cancellationToken = default)
    {
        StringBuilder digest = new();
        foreach (Product product in _catalog.Products)
        {
            cancellationToken.ThrowIfCancellationRequested();
            digest.Append(digest.Length > 0 ? "\n" : "")
                .Append(Digest.Write(product.Schema, await _statistics.ReadSummaryAsync(product)));
        }

        return digest.ToString();
    }

    /// <summary>
    /// Writes the dashboard of all products that have public numbers as files that any host can serve: the pages and charts, and
    /// in <c>{folder}/{product}</c> the summary, a series for each field, pair and interval, each as JSON and CSV, badges and the
    /// schema. A file is replaced in one step; one that was written here before and is not public any more is removed.
    /// Certificates of windows that are over stay.
    /// </summary>
    /// <param name="folder">Where, made if it is missing.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task PublishAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);

        Product[] products = [.. _catalog.Products.Where(product => product.HasPublicStatistics)];
        IReadOnlyDictionary<string, byte[]> files = await _files.MakeAllAsync(products, cancellationToken);
        await PublishedFolder.WriteAsync(folder, files, path => DashboardFiles.IsKept(products, path, files), cancellationToken);
    }
}
