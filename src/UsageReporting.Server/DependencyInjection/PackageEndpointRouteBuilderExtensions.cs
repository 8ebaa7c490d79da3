using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using UsageReporting.Server.Downloads;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints that count installs of packages and show the counters.</summary>
public static class PackageEndpointRouteBuilderExtensions
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps the endpoint to which Composer posts what it has installed: the <c>notify-batch</c> of a
    /// <c>packages.json</c>. It answers 200, whatever is sent.
    /// </summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where.</param>
    /// <exception cref="InvalidOperationException"><c>AddDownloads</c> was not called.</exception>
    public static IEndpointConventionBuilder MapPackageDownloads(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/downloads")
    {
        DownloadIntake intake = Find<DownloadIntake>(endpoints);
        return endpoints.MapPost(pattern, intake.TakeAsync);
    }

    /// <summary>
    /// Maps <c>{pattern}</c>, the packages that were installed, <c>{pattern}/{vendor}/{name}</c>, the counters of one, and
    /// its <c>/badge.svg</c>. Anybody may read them.
    /// </summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where.</param>
    /// <exception cref="InvalidOperationException"><c>AddDownloads</c> was not called.</exception>
    public static IEndpointConventionBuilder MapPackages(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/packages")
    {
        PackageEndpoints packages = Find<PackageEndpoints>(endpoints);
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.MapMethods("/", ReadMethods, packages.AnswerListAsync);
        group.MapMethods("/{vendor}/{name}", ReadMethods, packages.AnswerPackageAsync);
        group.MapMethods("/{vendor}/{name}/badge.svg", ReadMethods, packages.AnswerBadgeAsync);
        return group;
    }

    private static T Find<T>(IEndpointRouteBuilder endpoints)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.ServiceProvider.GetService<T>() ?? throw new InvalidOperationException(
            "Counting is missing among the services: call builder.Services.AddUsageReportingServer().AddDownloads() first.");
    }
}
