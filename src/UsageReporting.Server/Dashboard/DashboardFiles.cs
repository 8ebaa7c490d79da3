using System.Text;
using Microsoft.AspNetCore.Http;
using UsageReporting.Server.Badges;
using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Installations;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard;

/// <summary>
/// The dashboard is a folder of files. A server makes each when it is asked for; <c>publish</c> makes all of them. So they are the
/// same, and lead to each other in the same way.
/// </summary>
internal sealed class DashboardFiles(DashboardReader reader, StatisticsReader statistics, ReceiptKey key, PackageCounters? packages)
{
    private const string Json = "application/json";
    private const string Csv = "text/csv; charset=utf-8; header=present";
    private const string Certificates = "certificate";
    private const string Svg = "image/svg+xml; charset=utf-8";

    private static readonly string[] EndingsOfSeries = ["json", "csv"];
    private static readonly string[] EndingsOfCharts = ["html", "svg"];
    private static readonly string[] EndingsOfCertificates = ["html", "json"];

    private static readonly byte[] NoCertificate = Encoding.UTF8.GetBytes(
        $$"""{"status":404,"title":"No certificate","detail":"Fewer than {{ServerLimits.LeastPublished}} installations reported it then, or that time has no numbers."}""");

    /// <summary>The page of the packages.</summary>
    public const string Packages = "packages.html";

    /// <summary>Whether installs of packages are counted.</summary>
    public bool HasPackages => packages is not null;

    public async Task<DashboardFile> MakeOverviewAsync(IEnumerable<Product> products)
    {
        List<(ReportSchema, Summary, Freshness, Series)> of = [];
        foreach (Product product in products)
        {
            of.Add((
                product.Schema,
                await reader.ReadSummaryAsync(product),
                await reader.ReadFreshnessAsync(product),
                await reader.ReadTotalsAsync(product, ChartView.Default(product.Schema))));
        }

        return Page(OverviewPage.Draw(of, HasPackages));
    }

    public async Task<DashboardFile> MakePackagesAsync() => Page(PackagesPage.Draw(await packages!.ListAsync(PackageOrder.Installs)));

    /// <summary>A file beside the page of a product; null where there is none of that name.</summary>
    public async Task<DashboardFile?> FindAsync(Product product, string file) => file switch
    {
        Place.Index => await MakeProductAsync(product, ChartView.Default(product.Schema)),
        "about.html" => Page(AboutPage.Draw(product.Schema, product.HasPublicStatistics)),
        "fields.html" => Page(FieldsPage.Draw(product.Schema, product.HasPublicStatistics)),
        "schema.json" => new DashboardFile(Json, product.SchemaJson),
        "summary.json" => new DashboardFile(Json, StatisticsJson.Write(await reader.ReadSummaryAsync(product))),
        "summary.csv" => new DashboardFile(Csv, StatisticsCsv.Write(await reader.ReadSummaryAsync(product))),
        _ when file.EndsWith(".html", StringComparison.Ordinal) =>
            FindView(product, file[..^".html".Length]) is { } view ? await MakeProductAsync(product, view) : null,
        _ when file.EndsWith(".svg", StringComparison.Ordinal) => await FindBadgeAsync(product, file[..^".svg".Length]),
        _ => await FindSeriesAsync(product, file),
    };

    /// <summary>The page or the drawing of a chart; null where there is none of that name.</summary>
    /// <param name="product">The product.</param>
    /// <param name="folder">The name of its view; null for the newest window.</param>
    /// <param name="file">Its name and ending.</param>
    public async Task<DashboardFile?> FindChartAsync(Product product, string? folder, string file)
    {
        bool isPage = file.EndsWith(".html", StringComparison.Ordinal);
        if (!isPage && !file.EndsWith(".svg", StringComparison.Ordinal))
        {
            return null;
        }

        string name = file[..file.LastIndexOf('.')];
        Chart? chart = folder is null
            ? await FindNowAsync(product, name)
            : FindView(product, folder) is { } view ? await reader.FindOverTimeAsync(product, name, view) : null;
        return chart is null ? null
            : isPage ? Page(ChartPage.Draw(product.Schema, chart, ViewsOf(product.Schema, chart)))
            : chart.Draw is { } draw ? Drawing(draw(DashboardAssets.ChartFile))
            : null;
    }

    /// <summary>
    /// A certificate of a word in a window, as a page or as JSON, or a page that says that there is none; null where there can be
    /// none of that name.
    /// </summary>
    public async Task<DashboardFile?> FindCertificateAsync(Product product, string window, string file)
    {
        bool isPage = file.EndsWith(".html", StringComparison.Ordinal);
        if ((!isPage && !file.EndsWith(".json", StringComparison.Ordinal))
            || !UsageWindow.TryParse(window, out UsageWindow of)
            || PublishedName.FindWord(product.Schema, file[..file.LastIndexOf('.')]) is not { } name)
        {
            return null;
        }

        if (await statistics.FindCertificateAsync(product, of, name) is not { } certificate)
        {
            DashboardFile none = isPage ? Page(CertificatePage.Refuse(product.Schema, of, name)) : new DashboardFile("application/problem+json", NoCertificate);
            return none with { Status = StatusCodes.Status404NotFound };
        }

        return Certify(product, certificate, isPage);
    }

    /// <summary>
    /// Whether a file that was published once keeps its address: a certificate of a window that is over, to which others may lead, as
    /// long as such numbers are public.
    /// </summary>
    /// <param name="products">What is published.</param>
    /// <param name="path">Its path.</param>
    /// <param name="files">What is published now: of a window that is among it all certificates are.</param>
    public static bool IsKept(IReadOnlyList<Product> products, string path, IReadOnlyDictionary<string, byte[]> files) =>
        path.Split('/') is [Certificates, var name, var window, var file]
        && products.FirstOrDefault(product => product.Name == name) is { } product
        && UsageWindow.TryParse(window, out _)
        && EndingsOfCertificates.Any(ending => file.EndsWith($".{ending}", StringComparison.Ordinal))
        && PublishedName.FindWord(product.Schema, file[..file.LastIndexOf('.')]) is not null
        && !files.Keys.Any(other => other.StartsWith($"{Certificates}/{name}/{window}/", StringComparison.Ordinal));

    /// <summary>All files, by their paths.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> MakeAllAsync(IReadOnlyList<Product> products, CancellationToken cancellationToken)
    {
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal) { [Place.Index] = (await MakeOverviewAsync(products)).Content };
        foreach ((string name, DashboardFile asset) in DashboardAssets.Files)
        {
            files.Add(name, asset.Content);
        }

        if (HasPackages)
        {
            files.Add(Packages, (await MakePackagesAsync()).Content);
        }

        foreach (Product product in products)
        {
            Summary summary = await reader.ReadSummaryAsync(product);
            foreach (string file in FilesOf(product, summary))
            {
                cancellationToken.ThrowIfCancellationRequested();
                files.Add($"{product.Name}/{file}", (await FindAsync(product, file))!.Content);
            }

            foreach (string field in FieldsOfCertificates(product.Schema, summary.Shown))
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (Certificate certificate in await statistics.ReadCertificatesAsync(product, summary.Shown.Window, field))
                {
                    string file = $"{Certificates}/{product.Name}/{certificate.Window}/{PublishedName.FileOf(FieldRollup.NameOf(field, certificate.Word))}";
                    files.Add($"{file}.html", Certify(product, certificate, isPage: true).Content);
                    files.Add($"{file}.json", Certify(product, certificate, isPage: false).Content);
                }
            }

            foreach ((string? folder, string file) in ChartsOf(product.Schema, summary))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await FindChartAsync(product, folder, file) is { } chart)
                {
                    files.Add($"chart/{product.Name}/{(folder is null ? "" : $"{folder}/")}{file}", chart.Content);
                }
            }
        }

        return files;
    }

    // The statement tells one version from another: a signature of it is another one each time.
    private DashboardFile Certify(Product product, Certificate certificate, bool isPage)
    {
        string signed = key.Sign(certificate.Statement);
        DashboardFile Draw(string shown) => isPage
            ? Page(CertificatePage.Draw(product.Schema, certificate, shown, key.Sha256))
            : new DashboardFile(Json, Encoding.UTF8.GetBytes(shown));
        return Draw(signed) with { Told = Draw($"{certificate.Statement}{key.Sha256}").Content };
    }

    private static ChartView? FindView(Product product, string name) =>
        ChartView.Of(product.Schema).FirstOrDefault(view => view.Name == name);

    private static IReadOnlyList<ChartView?> ViewsOf(ReportSchema schema, Chart chart) => chart.Name switch
    {
        Rollup.FirstSeen => [ChartView.Months],
        TimeCharts.Active or Rollup.New => [.. ChartView.Of(schema)],
        _ when Publisher.FindPair(schema, chart.Name) is not null => [null],
        _ => [null, .. ChartView.Of(schema)],
    };

    private static DashboardFile Page(Markup page) =>
        new("text/html; charset=utf-8", Encoding.UTF8.GetBytes(page.ToString())) { Policy = $"{PageFrame.Policy}; frame-ancestors 'none'" };

    private static DashboardFile Drawing(Markup drawing) =>
        new(Svg, Encoding.UTF8.GetBytes(drawing.ToString())) { Policy = DashboardAssets.ChartPolicy };

    private async Task<DashboardFile> MakeProductAsync(Product product, ChartView view)
    {
        Summary summary = await reader.ReadSummaryAsync(product);
        return Page(ProductPage.Draw(
            product.Schema,
            view,
            await reader.ReadFreshnessAsync(product),
            summary,
            await reader.ReadOverTimeAsync(product, view),
            [.. DashboardReader.NamesOf(product.Schema).Select(name => NowCharts.Of(product.Schema, summary.Shown, name))]));
    }

    private async Task<Chart?> FindNowAsync(Product product, string file) =>
        PublishedName.Find(product.Schema, file) is { } name && name[0] != '_'
            ? NowCharts.Of(product.Schema, (await reader.ReadSummaryAsync(product)).Shown, name)
            : null;

    private async Task<DashboardFile?> FindBadgeAsync(Product product, string metric) =>
        StatisticsBadge.Of(await reader.ReadSummaryAsync(product), metric) is { } badge
            ? new DashboardFile(Svg, Encoding.UTF8.GetBytes(Badge.Draw(badge.Label, badge.Value, badge.Note)))
            : null;

    private async Task<DashboardFile?> FindSeriesAsync(Product product, string file)
    {
        bool isJson = file.EndsWith(".json", StringComparison.Ordinal);
        string[] parts = file.Split('.');
        if (parts.Length < 3 || !(isJson || parts[^1] == "csv")
            || parts[^2] is not ("week" or "month")
            || PublishedName.Find(product.Schema, string.Join('.', parts[..^2])) is not { } name)
        {
            return null;
        }

        WindowKind kind = parts[^2] == "week" ? WindowKind.Week : WindowKind.Month;
        Series series = await statistics.ReadSeriesAsync(product, name, kind, null, null);
        return isJson ? new DashboardFile(Json, StatisticsJson.Write(series)) : new DashboardFile(Csv, StatisticsCsv.Write(series));
    }

    private static IEnumerable<string> FilesOf(Product product, Summary summary) =>
    [
        Place.Index, "about.html", "fields.html", "schema.json", "summary.json", "summary.csv",
        .. ChartView.Of(product.Schema).Select(view => $"{view.Name}.html"),
        .. StatisticsBadge.Metrics.Select(metric => $"{metric}.svg"),
        .. from series in SeriesOf(product.Schema, summary)
           from ending in EndingsOfSeries
           select $"{PublishedName.FileOf(series.Name)}.{(series.Kind == WindowKind.Week ? "week" : "month")}.{ending}",
    ];

    // Of a versions field those words that are told of the newest windows. New installations are told by week, and the months in
    // which installations were first seen by month.
    private static IEnumerable<(string Name, WindowKind Kind)> SeriesOf(ReportSchema schema, Summary summary) =>
        from name in NamesOf(schema, summary).Concat([Rollup.New, Rollup.FirstSeen])
        where Publisher.MayBeShown(schema, name)
        from kind in Enum.GetValues<WindowKind>()
        where name != Rollup.New || kind == WindowKind.Week
        where name != Rollup.FirstSeen || kind == WindowKind.Month
        select (name, kind);

    private static IEnumerable<(string? Folder, string File)> ChartsOf(ReportSchema schema, Summary summary) =>
        from name in NamesOf(schema, summary).Concat([TimeCharts.Active, Rollup.New, Rollup.FirstSeen])
        from folder in ChartView.Of(schema).Select(view => view.Name).Prepend(null)
        from ending in EndingsOfCharts
        select (folder, $"{PublishedName.FileOf(name)}.{ending}");

    // Those to which a table leads: of the newest window.
    private static IEnumerable<string> FieldsOfCertificates(ReportSchema schema, PublishedWindow shown) =>
        from field in shown.Fields
        where schema.Find(field.Name) is SetField or CountsField or VersionsField
        select field.Name;

    private static IEnumerable<string> NamesOf(ReportSchema schema, Summary summary) => schema.Fields.Select(field => field.Name)
        .Concat(schema.Header.Pairs.Select(pair => pair.Name))
        .Concat(summary.Week.Fields.Concat(summary.Month.Fields).Select(field => field.Name).Where(name => name[0] != '_'))
        .Where(name => Publisher.MayBeShown(schema, name))
        .Distinct(StringComparer.Ordinal);
}
