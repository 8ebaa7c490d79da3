using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using UsageReporting.Server.Access;
using UsageReporting.Server.Health;
using UsageReporting.Server.Ingest;
using UsageReporting.Server.Installations;
using UsageReporting.Server.Metrics;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.Server.Storage;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of the server for usage reports.</summary>
public static class UsageReportingEndpointRouteBuilderExtensions
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps the endpoint to which a product's reports are posted. It takes every method, as it answers the wrong ones
    /// itself.
    /// </summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where, such as <c>/report</c>.</param>
    /// <param name="product">A product that was added with <c>AddProduct</c>.</param>
    /// <exception cref="InvalidOperationException">
    /// <c>AddUsageReportingServer</c> was not called, or there is no such product.
    /// </exception>
    public static IEndpointConventionBuilder MapUsageReports(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, string product)
    {
        ProductCatalog catalog = Catalog(endpoints);
        Product known = catalog.Find(product) ?? throw new InvalidOperationException(
            $"There is no product \"{product}\". AddProduct added: {string.Join(", ", catalog.Products.Select(p => p.Name))}.");
        IngestPipeline pipeline = new(
            known,
            endpoints.ServiceProvider.GetRequiredService<IReportStore>(),
            endpoints.ServiceProvider.GetRequiredService<KeyRing>(),
            endpoints.ServiceProvider.GetRequiredService<NetworkGate>(),
            endpoints.ServiceProvider.GetRequiredService<RateGate>(),
            endpoints.ServiceProvider.GetRequiredService<UnnamedProxy>(),
            endpoints.ServiceProvider.GetRequiredService<TimeProvider>(),
            endpoints.ServiceProvider.GetRequiredService<IngestMetrics>());
        return endpoints.Map(pattern, async context =>
        {
            IResult answer = await pipeline.IngestAsync(context.Request);
            await answer.ExecuteAsync(context);
        });
    }

    /// <summary>Maps <c>GET {pattern}/{product}</c>, the schema of each product, with an ETag.</summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where, such as <c>/schema</c>.</param>
    /// <exception cref="InvalidOperationException"><c>AddUsageReportingServer</c> was not called.</exception>
    public static IEndpointConventionBuilder MapUsageSchemas(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
    {
        ProductCatalog catalog = Catalog(endpoints);
        return endpoints.MapGroup(pattern).MapMethods("/{product}", ReadMethods, context =>
            SchemaEndpoint.Answer(catalog, (string?)context.GetRouteValue("product")).ExecuteAsync(context));
    }

    /// <summary>
    /// Maps <c>{pattern}/live</c>, which answers as long as the process does, and <c>{pattern}/ready</c>, which writes to
    /// the database before it says yes, and says no when the server is about to end.
    /// </summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where, such as <c>/healthz</c>.</param>
    /// <exception cref="InvalidOperationException"><c>AddUsageReportingServer</c> was not called.</exception>
    public static IEndpointConventionBuilder MapUsageHealth(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
    {
        _ = Catalog(endpoints);
        Readiness readiness = endpoints.ServiceProvider.GetRequiredService<Readiness>();
        Drain drain = endpoints.ServiceProvider.GetRequiredService<Drain>();
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.MapMethods("/live", ReadMethods, HealthEndpoints.AnswerLiveAsync);
        group.MapMethods("/ready", ReadMethods, context => HealthEndpoints.AnswerReadyAsync(context, readiness, drain));
        return group;
    }

    /// <summary>
    /// Maps the published numbers: <c>{pattern}/summary?product=</c>, <c>{pattern}/{product}/{field}</c>, of a declared pair
    /// <c>{pattern}/{product}/{field},{field}</c> and of a versions field's word <c>{pattern}/{product}/{field}/{word}</c>, as JSON
    /// or, by <c>Accept: text/csv</c>, as CSV; and for who shows a key <c>{pattern}/anomalies?product=</c>.
    /// </summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where, such as <c>/stats</c>.</param>
    /// <exception cref="InvalidOperationException"><c>AddUsageReportingServer</c> was not called.</exception>
    public static IEndpointConventionBuilder MapUsageStatistics(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
    {
        _ = Catalog(endpoints);
        StatisticsEndpoints statistics = endpoints.ServiceProvider.GetRequiredService<StatisticsEndpoints>();
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.MapMethods("/summary", ReadMethods, statistics.AnswerSummaryAsync);
        group.MapMethods("/anomalies", ReadMethods, statistics.AnswerAnomaliesAsync);
        group.MapMethods("/{product}/{field}", ReadMethods, context => statistics.AnswerSeriesAsync(
            context, Value(context, "product"), Value(context, "field")));
        // A word may have slashes in it.
        group.MapMethods("/{product}/{field}/{*word}", ReadMethods, context => statistics.AnswerSeriesAsync(
            context, Value(context, "product"), FieldRollup.NameOf(Value(context, "field"), Value(context, "word"))));
        return group;
    }

    /// <summary>
    /// Maps <c>{pattern}/{product}/{metric}.svg</c>: images of <c>active_week</c>, <c>active_month</c>, <c>new_week</c> and
    /// <c>new_month</c> for the pages of products whose numbers are public.
    /// </summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where, such as <c>/badge</c>.</param>
    /// <exception cref="InvalidOperationException"><c>AddUsageReportingServer</c> was not called.</exception>
    public static IEndpointConventionBuilder MapUsageBadges(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
    {
        _ = Catalog(endpoints);
        BadgeEndpoint badges = endpoints.ServiceProvider.GetRequiredService<BadgeEndpoint>();
        return endpoints.MapGroup(pattern).MapMethods("/{product}/{metric}.svg", ReadMethods, context => badges.AnswerAsync(
            context, Value(context, "product"), Value(context, "metric")));
    }

    /// <summary>
    /// Maps <c>{pattern}/export</c> and <c>{pattern}/erase</c>, for who has an installation's erasure secret, and
    /// <c>DELETE {pattern}/{id}?product=</c> for the operator, with a key.
    /// </summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where; clients look there unless they are told otherwise.</param>
    /// <exception cref="InvalidOperationException"><c>AddUsageReportingServer</c> was not called.</exception>
    public static IEndpointConventionBuilder MapUsageInstallations(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/installation")
    {
        _ = Catalog(endpoints);
        InstallationEndpoints installations = endpoints.ServiceProvider.GetRequiredService<InstallationEndpoints>();
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.MapPost("/export", installations.AnswerExportAsync);
        group.MapPost("/erase", installations.AnswerEraseAsync);
        group.MapDelete("/{id}", context => installations.AnswerDeleteAsync(context, Value(context, "id")));
        return group;
    }

    /// <summary>Maps the public key by which receipts of erased installations are checked.</summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where; clients look there unless they are told otherwise.</param>
    /// <exception cref="InvalidOperationException"><c>AddUsageReportingServer</c> was not called.</exception>
    public static IEndpointConventionBuilder MapUsageReceiptKey(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/.well-known/usage-reporting")
    {
        _ = Catalog(endpoints);
        return endpoints.MapMethods(
            pattern, ReadMethods, endpoints.ServiceProvider.GetRequiredService<InstallationEndpoints>().AnswerKeyAsync);
    }

    /// <summary>
    /// Maps what the server counts and measures about itself, in Prometheus's text format, for who shows the operator's key or
    /// one of all products with the scope <c>read</c>. It counts from here on.
    /// </summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where; Prometheus looks there unless it is told otherwise.</param>
    /// <exception cref="InvalidOperationException"><c>AddUsageReportingServer</c> was not called.</exception>
    public static IEndpointConventionBuilder MapUsageMetrics(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/metrics")
    {
        _ = Catalog(endpoints);
        return endpoints.MapMethods(
            pattern, ReadMethods, endpoints.ServiceProvider.GetRequiredService<MetricsEndpoint>().AnswerAsync);
    }

    private static string Value(HttpContext context, string name) => (string)context.GetRouteValue(name)!;

    private static ProductCatalog Catalog(IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.ServiceProvider.GetService<ProductCatalog>() ?? throw new InvalidOperationException(
            "The server is missing among the services: call builder.Services.AddUsageReportingServer() first.");
    }
}
