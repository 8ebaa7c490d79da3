using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Operators.Pages;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Operators;

/// <summary>Shows one product, sets reports aside and takes fields off the public pages, and back.</summary>
internal sealed class ProductDesk(
    OperatorDesk desk,
    ProductCatalog catalog,
    IRollupStore rollups,
    QuarantineCounter counter,
    IOperatorStore store,
    AnomalyReader anomalies,
    UniquenessReader uniqueness,
    SchemaArchive schemas,
    TimeProvider time)
{
    private const int IdDigits = 12;

    // As a browser sends a field for a local time, of which this one is UTC.
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    public Task AnswerPageAsync(HttpContext context, string name) => AnswerAsync(context, "../", name, async (request, product) =>
        new OperatorPage(ProductPage.Draw(request.Token, new ProductDetails(
                product.Schema,
                Retention.ReportsSince(time.GetUtcNow()),
                await anomalies.ReadAsync(product),
                await rollups.GetQuarantinesAsync(product),
                await store.GetHiddenAsync(product),
                schemas.Read(product)))));

    /// <summary>Who can be told from all others.</summary>
    public Task AnswerAloneAsync(HttpContext context, string name) => AnswerAsync(context, "../../", name, async (request, product) =>
        new OperatorPage(UniquenessPage.Draw(
            request.Token, product.Name, await uniqueness.ReadAsync(product, context.RequestAborted))));

    public Task AnswerQuarantineAsync(HttpContext context) => AnswerAsync(context, async (request, product) =>
    {
        if (Read(request, product) is not { } quarantine)
        {
            return "Say from when until when, in this order, and a value with its field or neither.";
        }

        if ((await rollups.GetQuarantinesAsync(product)).Count >= ServerLimits.Quarantines)
        {
            return $"There are {ServerLimits.Quarantines} already: let some of them count again.";
        }

        // A slip of the hand would look as if it had helped, and make windows again for nothing.
        long held = await counter.CountAsync(product, quarantine, context.RequestAborted);
        if (held == 0)
        {
            return "No report that is stored is of this time and has this value. A flag is true or false, and a date is written as in a report.";
        }

        desk.Note(request.Key, "set reports aside", product.Name, of: $"{Figures.Number(held)}, {QuarantineText.Noted(quarantine)}");
        return Done(await store.AddAsync(product, quarantine));
    });

    public Task AnswerLiftAsync(HttpContext context) => AnswerAsync(context, async (request, product) =>
    {
        string id = request.Field("quarantine");
        if ((await rollups.GetQuarantinesAsync(product)).FirstOrDefault(known => known.Id == id) is not { } quarantine)
        {
            return "That counts already.";
        }

        desk.Note(request.Key, "let reports count again", product.Name, of: QuarantineText.Noted(quarantine));
        return Done(await store.LiftAsync(product, quarantine));
    });

    public Task AnswerHideAsync(HttpContext context, bool isHidden) => AnswerAsync(context, async (request, product) =>
    {
        string field = request.Field("field");
        if (product.Schema.Find(field) is null)
        {
            return "The product has no such field.";
        }

        desk.Note(request.Key, isHidden ? "took a field off" : "put a field back", product.Name, of: field);
        return Done(await store.HideAsync(product, field, isHidden));
    });

    private Task AnswerAsync(HttpContext context, string root, string name, Func<OperatorRequest, Product, Task<IResult>> answer) =>
        desk.AnswerAsync(context, root, async request => catalog.Find(name) is { } product
            ? await answer(request, product)
            : new OperatorPage(MessagePage.Draw("This server has no such product.", root), StatusCodes.Status404NotFound));

    // Back to the product's page, or why nothing was done.
    private Task AnswerAsync(HttpContext context, Func<OperatorRequest, Product, Task<string?>> act) => desk.AnswerAsync(context, "", async request =>
    {
        string? trouble = catalog.Find(request.Field("product")) is { } product ? await act(request, product) : "This server has no such product.";
        return trouble is null
            ? new SeeOther($"products/{request.Field("product")}")
            : new OperatorPage(MessagePage.Draw(trouble, ""), StatusCodes.Status400BadRequest);
    });

    private static string? Done(bool isDone) => isDone ? null : throw new UsageStoreException("It could not be written just now.");

    private Quarantine? Read(OperatorRequest request, Product product)
    {
        (string field, string value) = (request.Field("field"), request.Field("value"));
        bool isWhole = field.Length == 0 ? value.Length == 0 : value.Length <= ServerLimits.TextLength && product.Schema.Find(field) is { } known && BookkeepingFields.IsCounted(known);
        return isWhole && Time(request.Field("since")) is { } since && Time(request.Field("until")) is { } until && since < until
            ? new Quarantine(
                RandomNumberGenerator.GetHexString(IdDigits, lowercase: true), since, until, field, value, StoredTime.Now(time))
            : null;
    }

    // Within a life of this server: windows around it have to be there.
    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
        && time.Year is >= 2000 and < 3000
            ? time
            : null;
}
