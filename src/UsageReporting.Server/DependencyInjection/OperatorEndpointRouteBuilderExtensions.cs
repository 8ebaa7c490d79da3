using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using UsageReporting.Server.Operators;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the pages of whoever runs the server.</summary>
public static class OperatorEndpointRouteBuilderExtensions
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps the operator's pages, behind sign-in with a key of all products that has the scope <c>admin</c>. Requests are counted
    /// for them from here on. Unless <see cref="UsageReporting.Server.OperatorOptions.FromAnywhere"/> says so they are there for this
    /// machine alone.
    /// </summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where.</param>
    /// <exception cref="InvalidOperationException"><c>AddOperator</c> was not called.</exception>
    public static IEndpointConventionBuilder MapUsageOperator(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/operator")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        StateEndpoint state = endpoints.ServiceProvider.GetService<StateEndpoint>() ?? throw new InvalidOperationException(
            "The operator's pages are missing among the services: call builder.Services.AddUsageReportingServer().AddOperator() first.");
        SessionEndpoints sessions = endpoints.ServiceProvider.GetRequiredService<SessionEndpoints>();
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.MapMethods("/", ReadMethods, state.AnswerAsync);
        foreach (string asset in OperatorAssets.Files.Keys)
        {
            group.MapMethods($"/{asset}", ReadMethods, context => state.AnswerAssetAsync(context, asset));
        }

        group.MapMethods("/sign-in", ReadMethods, sessions.AnswerPageAsync);
        group.MapPost("/sign-in", sessions.AnswerSignInAsync);
        group.MapPost("/sign-out", sessions.AnswerSignOutAsync);
        InstallationDesk installations = endpoints.ServiceProvider.GetRequiredService<InstallationDesk>();
        group.MapMethods("/installation", ReadMethods, installations.AnswerPageAsync);
        group.MapPost("/installation", installations.AnswerFoundAsync);
        group.MapPost("/erase", installations.AnswerErasedAsync);
        ProductDesk products = endpoints.ServiceProvider.GetRequiredService<ProductDesk>();
        group.MapMethods("/products/{product}", ReadMethods, context =>
            products.AnswerPageAsync(context, (string)context.GetRouteValue("product")!));
        group.MapMethods("/products/{product}/alone", ReadMethods, context =>
            products.AnswerAloneAsync(context, (string)context.GetRouteValue("product")!));
        group.MapPost("/quarantine", products.AnswerQuarantineAsync);
        group.MapPost("/lift", products.AnswerLiftAsync);
        group.MapPost("/hide", context => products.AnswerHideAsync(context, isHidden: true));
        group.MapPost("/show", context => products.AnswerHideAsync(context, isHidden: false));
        return group;
    }
}
