using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using UsageReporting.Server.Dashboard;
using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Products;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the pages on which people look at the published numbers.</summary>
public static class DashboardEndpointRouteBuilderExtensions
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps the dashboard: <c>{pattern}</c> has all products, <c>{pattern}/{product}/</c> one, and
    /// <c>{pattern}/chart/{product}/{field}.html</c> and <c>.svg</c> each chart,
    /// <c>{pattern}/certificate/{product}/{window}/{field}.{word}.html</c> and <c>.json</c> how many had a word, signed. The files beside a product's page are those of
    /// <see cref="UsageReporting.Server.UsageStatistics.PublishAsync"/>.
    /// </summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where, such as <c>/</c>.</param>
    /// <exception cref="InvalidOperationException"><c>AddUsageReportingServer</c> was not called.</exception>
    public static IEndpointConventionBuilder MapUsageDashboard(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ProductCatalog catalog = endpoints.ServiceProvider.GetService<ProductCatalog>() ?? throw new InvalidOperationException(
            "The server is missing among the services: call builder.Services.AddUsageReportingServer() first.");
        DashboardEndpoints dashboard = endpoints.ServiceProvider.GetRequiredService<DashboardEndpoints>();
        dashboard.IsMapped = true;
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.MapMethods("/", ReadMethods, dashboard.AnswerOverviewAsync);
        group.MapMethods($"/{Place.Index}", ReadMethods, dashboard.AnswerOverviewAsync);
        foreach (string asset in DashboardAssets.Files.Keys)
        {
            group.MapMethods($"/{asset}", ReadMethods, context => dashboard.AnswerAssetAsync(context, asset));
        }

        if (dashboard.HasPackages)
        {
            group.MapMethods($"/{DashboardFiles.Packages}", ReadMethods, dashboard.AnswerPackagesAsync);
        }

        // By name, so that a path which is none of them is left to the host.
        foreach (Product product in catalog.Products)
        {
            group.MapMethods($"/{product.Name}/{{file?}}", ReadMethods, context =>
                dashboard.AnswerProductAsync(context, product, Value(context, "file")));
            group.MapMethods($"/chart/{product.Name}/{{file}}", ReadMethods, context =>
                dashboard.AnswerChartAsync(context, product, null, Value(context, "file")!));
            group.MapMethods($"/chart/{product.Name}/{{view}}/{{file}}", ReadMethods, context =>
                dashboard.AnswerChartAsync(context, product, Value(context, "view"), Value(context, "file")!));
            group.MapMethods($"/certificate/{product.Name}/{{window}}/{{file}}", ReadMethods, context =>
                dashboard.AnswerCertificateAsync(context, product, Value(context, "window")!, Value(context, "file")!));
        }

        return group;
    }

    private static string? Value(HttpContext context, string name) => (string?)context.GetRouteValue(name);
}
