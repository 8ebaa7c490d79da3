using Microsoft.AspNetCore.Http;
using UsageReporting.Server.Installations;
using UsageReporting.Server.Operators.Pages;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Operators;

/// <summary>
/// Shows what is stored of one installation, and erases it. An id comes in a form, as addresses are logged and remembered, and is noted
/// as its hash.
/// </summary>
internal sealed class InstallationDesk(
    OperatorDesk desk, ProductCatalog catalog, IInstallationStore store, ReceiptKey receipts, TimeProvider time)
{
    public Task AnswerPageAsync(HttpContext context) => desk.AnswerAsync(context, "", request =>
        Task.FromResult<IResult>(new OperatorPage(InstallationPage.Draw(request.Token, Products(), "", "", null))));

    public Task AnswerFoundAsync(HttpContext context) => desk.AnswerAsync(context, "", async request =>
    {
        if (Find(request) is not (var product, var id))
        {
            return Unknown(request);
        }

        desk.Note(request.Key, "looked at an installation", product.Name, ReceiptKey.HashOf(id));
        return await store.ReadAsync(product, id) is { } found
            ? new OperatorPage(InstallationPage.Draw(request.Token, product.Schema, id, found))
            : Unknown(request);
    });

    public Task AnswerErasedAsync(HttpContext context) => desk.AnswerAsync(context, "", async request =>
    {
        if (Find(request) is not (var product, var id))
        {
            return Unknown(request);
        }

        desk.Note(request.Key, "erased an installation", product.Name, ReceiptKey.HashOf(id));
        return await store.EraseAsync(product, id) switch
        {
            ErasureOutcome.Erased erased => new OperatorPage(
                ReceiptPage.Draw(request.Token, receipts.Sign(product, id, StoredTime.Now(time), erased.Reports))),
            ErasureOutcome.Unknown => Unknown(request),
            _ => throw new UsageStoreException("The installation could not be erased just now."),
        };
    });

    private IReadOnlyList<string> Products() =>
        [.. catalog.Products.Where(product => product.Schema.Header.Identity.Kind != IdentityKind.None).Select(product => product.Name)];

    private (Product Product, string Id)? Find(OperatorRequest request) =>
        catalog.Find(request.Field("product")) is { } product && request.Field("id").ToLowerInvariant() is { Length: > 0 } id
            ? (product, id)
            : null;

    private OperatorPage Unknown(OperatorRequest request) => new(
        InstallationPage.Draw(
            request.Token, Products(), request.Field("product"), request.Field("id"), "Nothing is stored of such an installation."),
        StatusCodes.Status404NotFound);
}
