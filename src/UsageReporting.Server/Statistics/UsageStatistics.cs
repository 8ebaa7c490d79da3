using System.Text;
using UsageReporting.Server.Badges;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
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

    internal UsageStatistics(ProductCatalog catalog, StatisticsReader statistics)
    {
        _catalog = catalog;
        _statistics = statistics;
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
    /// Writes the published numbers of all products that have public ones as files that any host can serve: in
    /// <c>{folder}/{product}</c> the summary, a series for each field and interval, each as JSON and CSV, badges and the schema.
    /// A file is replaced in one step.
    /// </summary>
    /// <param name="folder">Where, made if it is missing.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task PublishAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);

        foreach (Product product in _catalog.Products.Where(product => product.HasPublicStatistics))
        {
            string ofProduct = Path.Combine(folder, product.Name);
            await WriteAsync(ofProduct, "schema.json", product.SchemaJson, cancellationToken);
            Summary summary = await _statistics.ReadSummaryAsync(product);
            await WriteAsync(ofProduct, "summary.json", StatisticsJson.Write(summary), cancellationToken);
            await WriteAsync(ofProduct, "summary.csv", StatisticsCsv.Write(summary), cancellationToken);
            foreach (string metric in StatisticsBadge.Metrics)
            {
                StatisticsBadge badge = StatisticsBadge.Of(summary, metric)!;
                await WriteAsync(
                    ofProduct, $"{metric}.svg", Encoding.UTF8.GetBytes(Badge.Draw(badge.Label, badge.Value)), cancellationToken);
            }

            foreach (UsageField field in product.Schema.Fields.Where(field => Publisher.MayBeShown(product.Schema, field.Name)))
            {
                foreach ((WindowKind kind, string interval) in new[] { (WindowKind.Week, "week"), (WindowKind.Month, "month") })
                {
                    Series series = await _statistics.ReadSeriesAsync(product, field.Name, kind, null, null);
                    await WriteAsync(ofProduct, $"{field.Name}.{interval}.json", StatisticsJson.Write(series), cancellationToken);
                    await WriteAsync(ofProduct, $"{field.Name}.{interval}.csv", StatisticsCsv.Write(series), cancellationToken);
                }
            }
        }
    }

    private static async Task WriteAsync(string folder, string name, byte[] content, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Directory.CreateDirectory(folder).FullName, name);
        string temporary = $"{path}.tmp";
        await File.WriteAllBytesAsync(temporary, content, cancellationToken);
        File.Move(temporary, path, overwrite: true);
    }
}
