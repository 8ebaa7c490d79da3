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
    /// <c>{folder}/{product}</c> the summary, a series for each field, pair and interval, each as JSON and CSV, badges and the
    /// schema. A file is replaced in one step; one that was written here before and is not public any more is removed.
    /// </summary>
    /// <param name="folder">Where, made if it is missing.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task PublishAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);

        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (Product product in _catalog.Products.Where(product => product.HasPublicStatistics))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Summary summary = await _statistics.ReadSummaryAsync(product);
            files.Add($"{product.Name}/schema.json", product.SchemaJson);
            files.Add($"{product.Name}/summary.json", StatisticsJson.Write(summary));
            files.Add($"{product.Name}/summary.csv", StatisticsCsv.Write(summary));
            foreach (string metric in StatisticsBadge.Metrics)
            {
                StatisticsBadge badge = StatisticsBadge.Of(summary, metric)!;
                files.Add($"{product.Name}/{metric}.svg", Encoding.UTF8.GetBytes(Badge.Draw(badge.Label, badge.Value, badge.Note)));
            }

            foreach ((string name, WindowKind kind) in SeriesOf(product.Schema, summary))
            {
                Series series = await _statistics.ReadSeriesAsync(product, name, kind, null, null);
                string file = $"{product.Name}/{FileOf(name)}.{(kind == WindowKind.Week ? "week" : "month")}";
                files.Add($"{file}.json", StatisticsJson.Write(series));
                files.Add($"{file}.csv", StatisticsCsv.Write(series));
            }
        }

        await PublishedFolder.WriteAsync(folder, files, cancellationToken);
    }

    // Of a versions field those words that are told of the newest windows. New installations are told by week, and the months in
    // which installations were first seen by month.
    private static IEnumerable<(string Name, WindowKind Kind)> SeriesOf(ReportSchema schema, Summary summary)
    {
        string[] names =
        [
            .. schema.Fields.Select(field => field.Name),
            .. schema.Header.Pairs.Select(pair => pair.Name),
            Rollup.New,
            Rollup.FirstSeen,
            .. summary.Week.Fields.Concat(summary.Month.Fields).Select(field => field.Name),
        ];
        return from name in names.Distinct(StringComparer.Ordinal)
               where Publisher.MayBeShown(schema, name)
               from kind in Enum.GetValues<WindowKind>()
               where name != Rollup.New || kind == WindowKind.Week
               where name != Rollup.FirstSeen || kind == WindowKind.Month
               select (name, kind);
    }

    // A word has any characters; a field's name has none that a path could not have.
    private static string FileOf(string name)
    {
        string field = FieldRollup.FieldOf(name);
        return field == name ? name : $"{field}.{Uri.EscapeDataString(name[(field.Length + 1)..])}";
    }
}
