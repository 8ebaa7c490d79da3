using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using UsageReporting.Server.Access;
using UsageReporting.Server.Products;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard;

/// <summary>Answers requests for the files of the dashboard.</summary>
internal sealed class DashboardEndpoints(ProductCatalog catalog, DashboardFiles files, KeyRing keys, KeyDoor door)
{
    /// <summary>Whether there is a page of packages.</summary>
    public bool HasPackages => files.HasPackages;

    /// <summary>Whether anybody can ask.</summary>
    public bool IsMapped { get; set; }

    public async Task AnswerOverviewAsync(HttpContext context)
    {
        if (!EndsInSlash(context))
        {
            await RedirectAsync(context);
            return;
        }

        (_, IResult? tooMany) = door.Try(context, FindAny);
        Product[] products = [.. catalog.Products.Where(product => product.HasPublicStatistics || Find(context.Request, product).Opens(UsageKeyScopes.Read))];
        await (tooMany?.ExecuteAsync(context) ?? AnswerAsync(context, products, async () => await files.MakeOverviewAsync(products)));
    }

    public Task AnswerPackagesAsync(HttpContext context) => AnswerAsync(context, [], async () => await files.MakePackagesAsync());

    public Task AnswerAssetAsync(HttpContext context, string name) =>
        AnswerAsync(context, [], () => Task.FromResult<DashboardFile?>(DashboardAssets.Files[name]));

    /// <summary>A file beside the page of a product; the page itself where no name is given.</summary>
    public Task AnswerProductAsync(HttpContext context, Product product, string? file) => file is null && !EndsInSlash(context)
        ? RedirectAsync(context)
        : AnswerAsync(context, [product], () => files.FindAsync(product, file ?? Pages.Place.Index));

    public Task AnswerChartAsync(HttpContext context, Product product, string? view, string file) =>
        AnswerAsync(context, [product], () => files.FindChartAsync(product, view, file));

    public Task AnswerCertificateAsync(HttpContext context, Product product, string window, string file) =>
        AnswerAsync(context, [product], () => files.FindCertificateAsync(product, window, file));

    // Links are relative, so that the address of a folder ends in a slash. So is this one, that it leads nowhere else.
    private static Task RedirectAsync(HttpContext context)
    {
        string path = context.Request.PathBase + context.Request.Path.Value;
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = $"./{path[(path.LastIndexOf('/') + 1)..]}/";
        return Task.CompletedTask;
    }

    private static bool EndsInSlash(HttpContext context) =>
        (context.Request.PathBase + context.Request.Path).Value is { Length: > 0 } path
        && (path[^1] == '/' || path.EndsWith(".html", StringComparison.Ordinal));

    private ShownKey Find(HttpRequest request, Product product) => keys.Find(request, product, UsageKeyScopes.Read);

    // A key of one product is no wrong one because another is not its own.
    private ShownKey FindAny(HttpRequest request) => catalog.Products.Select(product => Find(request, product))
        .FirstOrDefault(key => key.Scopes != UsageKeyScopes.None, ShownKey.None);

    private async Task AnswerAsync(HttpContext context, IReadOnlyList<Product> of, Func<Task<DashboardFile?>> make)
    {
        Product[] closed = [.. of.Where(product => !product.HasPublicStatistics)];
        foreach (Product product in closed)
        {
            (ShownKey key, IResult? tooMany) = door.Try(context, request => Find(request, product));
            if ((tooMany ?? KeyAnswers.Refuse(context, key, UsageKeyScopes.Read)) is { } refusal)
            {
                await refusal.ExecuteAsync(context);
                return;
            }

            keys.NoteUse("The dashboard", product, key);
        }

        IHeaderDictionary headers = context.Response.Headers;
        // The same address has more on it for who shows a key.
        headers.Vary = "Authorization, X-API-Key";
        headers.CacheControl = closed.Length > 0 ? "private, no-store" : "public, max-age=300";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        IResult answer;
        try
        {
            answer = await make() is { } file ? Content(context.Response, file) : NotFound();
        }
        catch (UsageStoreException)
        {
            answer = StatisticsAnswers.Unavailable;
        }

        await answer.ExecuteAsync(context);
    }

    private static FileContentHttpResult Content(HttpResponse response, DashboardFile file)
    {
        response.Headers.ContentSecurityPolicy = file.Policy;
        response.StatusCode = file.Status;
        return TypedResults.Bytes(
            file.Content,
            file.Type,
            entityTag: new EntityTagHeaderValue(
                $"\"{Convert.ToHexStringLower(SHA256.HashData(file.Told ?? file.Content).AsSpan(0, 16))}\"", isWeak: file.Told is not null));
    }

    private static ProblemHttpResult NotFound() => TypedResults.Problem(
        statusCode: StatusCodes.Status404NotFound, detail: "The dashboard has no such page or file.");
}
