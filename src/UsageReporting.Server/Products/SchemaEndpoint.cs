using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Products;

/// <summary>Answers <c>GET /schema/{product}</c>: what this server accepts, and why.</summary>
internal static class SchemaEndpoint
{
    public static IResult Answer(ProductCatalog catalog, string? product) =>
        product is not null && catalog.Find(product) is { } known
            ? TypedResults.Bytes(known.SchemaJson, "application/json", entityTag: known.SchemaTag)
            : TypedResults.Problem(
                statusCode: StatusCodes.Status404NotFound, detail: "This server receives no reports of such a product.");
}
