using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard;

/// <summary>Reads what pages are made of: published numbers, and how far they have come.</summary>
internal sealed class DashboardReader(StatisticsReader statistics, IRollupStore store, TimeProvider time)
{
    /// <summary>The field by which all installations are shown, where a schema has it: the ready-made collector's.</summary>
    private const string InstallType = "install_type";

    public Task<Summary> ReadSummaryAsync(Product product) => statistics.ReadSummaryAsync(product);

    public async Task<Freshness> ReadFreshnessAsync(Product product) => Freshness.Of(
        product.Schema, await store.GetSpansAsync(product), await store.GetStatesAsync(product), time.GetUtcNow());

    /// <summary>The totals of a view's windows, and how many of them are new.</summary>
    public Task<Series> ReadTotalsAsync(Product product, ChartView view) =>
        ReadSeriesAsync(product, TotalsOf(product.Schema, view.Kind), view);

    /// <summary>The charts over time of a product's page.</summary>
    public async Task<IReadOnlyList<Chart>> ReadOverTimeAsync(Product product, ChartView view)
    {
        ReportSchema schema = product.Schema;
        Series totals = await ReadTotalsAsync(product, view);
        List<Chart> charts = [TimeCharts.OfActive(view, totals)];
        if (schema.Find(InstallType) is WordField type && Publisher.MayBeShown(schema, InstallType))
        {
            charts.Add(await ReadAsync(product, type.Name, view));
        }

        charts.Add(TimeCharts.OfNew(view, totals));
        foreach (VersionField field in schema.Fields.OfType<VersionField>().Where(field => Publisher.MayBeShown(schema, field.Name)))
        {
            charts.Add(await ReadAsync(product, field.Name, view));
        }

        if (Publisher.MayBeShown(schema, Rollup.FirstSeen))
        {
            charts.Add(await ReadCohortsAsync(product));
        }

        return charts;
    }

    /// <summary>A chart over time; null where there is none of that name.</summary>
    public async Task<Chart?> FindOverTimeAsync(Product product, string name, ChartView view) => name switch
    {
        TimeCharts.Active => TimeCharts.OfActive(view, await ReadTotalsAsync(product, view)),
        Rollup.New => TimeCharts.OfNew(view, await ReadTotalsAsync(product, view)),
        Rollup.FirstSeen when view == ChartView.Months && Publisher.MayBeShown(product.Schema, name) => await ReadCohortsAsync(product),
        Rollup.FirstSeen => null,
        _ => PublishedName.Find(product.Schema, name) is { } published && Publisher.FindPair(product.Schema, published) is null
            ? await ReadAsync(product, published, view)
            : null,
    };

    /// <summary>The names of a product's charts of the newest window, in the schema's order; the pairs last.</summary>
    public static IEnumerable<string> NamesOf(ReportSchema schema) => schema.Fields.Select(field => field.Name)
        .Where(name => Publisher.MayBeShown(schema, name) && name != BookkeepingFields.NewFlag(schema))
        .Concat(schema.Header.Pairs.Select(pair => pair.Name));

    private async Task<Chart> ReadCohortsAsync(Product product) =>
        CohortChart.Of(await ReadSeriesAsync(product, Rollup.FirstSeen, ChartView.Months));

    private async Task<Chart> ReadAsync(Product product, string name, ChartView view)
    {
        Series series = await ReadSeriesAsync(product, name, view);
        string title = TimeCharts.TitleOf(product.Schema, name);
        return product.Schema.Find(name) switch
        {
            CountField => TimeCharts.OfMedians(product.Schema, view, series, title),
            WordField { Name: InstallType } => TimeCharts.OfNumbers(product.Schema, view, series, title),
            _ => TimeCharts.OfShares(product.Schema, view, series, title),
        };
    }

    private Task<Series> ReadSeriesAsync(Product product, string name, ChartView view) =>
        statistics.ReadSeriesAsync(product, name, view.Kind, view.From(time.GetUtcNow()), null);

    // The numbers in which the new ones stand, or any others: each has the totals beside it.
    private static string TotalsOf(ReportSchema schema, WindowKind kind) => schema.Header.Identity.Kind == IdentityKind.Stable
        ? kind == WindowKind.Week ? Rollup.New : Rollup.FirstSeen
        : schema.Fields.Select(field => field.Name).Where(name => Publisher.MayBeShown(schema, name))
            .OrderByDescending(name => name == BookkeepingFields.NewFlag(schema)).FirstOrDefault() ?? "";
}
