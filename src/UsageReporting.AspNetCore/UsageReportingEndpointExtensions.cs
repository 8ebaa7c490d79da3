using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using UsageReporting;
using UsageReporting.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints with which a person looks at a web application's reporting, and says yes or no.</summary>
public static class UsageReportingEndpointExtensions
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps <c>GET status</c>, <c>local</c>, <c>preview</c>, <c>preview.txt</c>, <c>history</c> and <c>export</c>,
    /// <c>POST opt-in</c>, <c>opt-out</c> and <c>erase</c>, and <c>DELETE</c> of what was counted, below a pattern, and
    /// <c>GET card</c>, a page for all of it. Whoever reaches them
    /// reads and decides for the whole installation: add <c>RequireAuthorization()</c>. Browsers can change something from the
    /// application's own pages only.
    /// </summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where, such as <c>/api/v1/usage-stats</c>.</param>
    /// <returns>All of them, for the host's own policy.</returns>
    /// <exception cref="InvalidOperationException"><c>AddUsageReporting</c> was not called.</exception>
    public static IEndpointConventionBuilder MapUsageReporting(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);

        // Not the reporter itself, which would begin to count before the host has started.
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(UsageReporter)) == false)
        {
            throw new InvalidOperationException(
                "Usage reporting is missing among the services: call builder.Services.AddUsageReporting() first.");
        }

        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.WithTags("Usage reporting").AddEndpointFilter<SameOriginFilter>().AddEndpointFilter<AnswerHeadersFilter>();
        MapReading(group);
        MapChanging(group);
        MapCard(group);
        return group;
    }

    private static void MapReading(RouteGroupBuilder group)
    {
        MapRead(group, "/status", UsageEndpoints.AnswerStatusAsync)
            .WithSummary("Whether anything may be reported, why, and where it would go.")
            .Produces<StatusAnswer>();
        MapRead(group, "/local", UsageEndpoints.AnswerLocalAsync)
            .WithSummary("What was counted so far, and what of it would be sent.")
            .Produces<IReadOnlyList<CountedPeriod>>();
        MapRead(group, "/preview", UsageEndpoints.AnswerPreviewAsync)
            .WithSummary("The exact bytes of the next report.")
            .WithDescription("The header Usage-Terms names what a yes would be one to.")
            .Produces<JsonObject>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        MapRead(group, "/preview.txt", UsageEndpoints.AnswerPreviewTextAsync)
            .WithSummary("The next report as a person reads it at a terminal.")
            .WithDescription("The header Usage-Terms names what a yes would be one to.")
            .Produces<string>(contentType: "text/plain")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        MapRead(group, "/history", UsageEndpoints.AnswerHistoryAsync)
            .WithSummary("Every report that was sent, the latest first, byte for byte.")
            .Produces<IReadOnlyList<SentReport>>();
        MapRead(group, "/export", UsageEndpoints.AnswerExportAsync)
            .WithSummary("Everything that is kept here, as a file.")
            .Produces<JsonObject>();
    }

    private static void MapChanging(RouteGroupBuilder group)
    {
        group.MapPost("/opt-in", UsageEndpoints.AnswerOptInAsync)
            .WithSummary("Says yes for the future.")
            .WithDescription("terms is what status or preview showed; where it is another by now, nothing is changed.")
            .Accepts<OptInRequest>("application/json")
            .Produces<StatusAnswer>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/opt-out", UsageEndpoints.AnswerOptOutAsync)
            .WithSummary("Says no for the future, and forgets the id, a report that waits and what was counted.")
            .WithDescription("With erase=true everything is erased that was sent, and the answer is that of erase.")
            .Produces<StatusAnswer>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/erase", UsageEndpoints.AnswerEraseAsync)
            .WithSummary("Has everything erased that was sent, and forgets the id.")
            .WithDescription("Who does not answer now is asked again.")
            .Produces<ErasureAnswer>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapDelete("/", UsageEndpoints.AnswerDeleteAsync)
            .WithSummary("Deletes what was counted; the choice, the id and the history stay.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        MapOthers(group, "/opt-in", [HttpMethods.Post]);
        MapOthers(group, "/opt-out", [HttpMethods.Post]);
        MapOthers(group, "/erase", [HttpMethods.Post]);
        MapOthers(group, "/", [HttpMethods.Delete]);
    }

    // Pages are no part of what programs are told of.
    private static void MapCard(RouteGroupBuilder group)
    {
        MapRead(group, "/card", CardPage.AnswerAsync).ExcludeFromDescription();
        IResult style = CardFile.Read("card.css", "text/css");
        IResult script = CardFile.Read("card.js", "text/javascript");
        MapRead(group, "/card.css", () => style).ExcludeFromDescription();
        MapRead(group, "/card.js", () => script).ExcludeFromDescription();
    }

    private static RouteHandlerBuilder MapRead(RouteGroupBuilder group, string pattern, Delegate answer)
    {
        MapOthers(group, pattern, ReadMethods);
        return group.MapMethods(pattern, ReadMethods, answer);
    }

    // Routing's own answer has no body.
    private static void MapOthers(RouteGroupBuilder group, string pattern, string[] methods) =>
        group.Map(pattern, (HttpContext context) => UsageProblems.OfWrongRequest(context, methods)).ExcludeFromDescription();
}
