using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using UsageReporting.Server.Access;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Installations;

/// <summary>
/// Answers <c>POST /installation/export</c> and <c>/installation/erase</c> to who has an installation's secret, and
/// <c>DELETE /installation/{id}</c> to the operator. An id that is not known and a secret that is wrong are one answer.
/// </summary>
internal sealed class InstallationEndpoints(
    ProductCatalog catalog, IInstallationStore store, ProofChecker proofs, ReceiptKey receipts, KeyRing keys, RateGate networks, TimeProvider time)
{
    private const string Json = "application/json";

    // The type tells it from the 404 of a server that has no such place.
    private static readonly IResult Unknown = TypedResults.Problem(
        type: "urn:usage-reporting:unknown-installation",
        statusCode: StatusCodes.Status404NotFound,
        detail: "There is no such installation, or this is not its secret.");

    private static readonly IResult NoProof = TypedResults.Problem(
        statusCode: StatusCodes.Status400BadRequest,
        detail: "The body is a JSON object with product, id and erasure_secret, all of them texts.");

    private static readonly IResult Unavailable = new UnavailableAnswer("The database cannot be used just now.");

    public Task AnswerExportAsync(HttpContext context) => AnswerAsync(context, () => AnswerProofAsync(context, async (product, id) =>
        await store.ReadAsync(product, id) is { } stored ? Content(ExportJson.Write(product, id, stored)) : Unknown));

    public Task AnswerEraseAsync(HttpContext context) =>
        AnswerAsync(context, () => AnswerProofAsync(context, EraseAsync));

    public Task AnswerDeleteAsync(HttpContext context, string id) => AnswerAsync(context, async () =>
    {
        if (context.Request.Query["product"] is not [{ } name] || catalog.Find(name) is not { } product)
        {
            return Unknown;
        }

        ShownKey key = keys.Find(context.Request, product, UsageKeyScopes.Admin);
        if (KeyAnswers.Refuse(context, key, UsageKeyScopes.Admin) is { } refusal)
        {
            return refusal;
        }

        keys.NoteUse("Erasing an installation", product, key);
        return await EraseAsync(product, id.ToLowerInvariant());
    });

    /// <summary>The public half of the key that signs receipts.</summary>
    public Task AnswerKeyAsync(HttpContext context) => Content(
        $$$"""{"receipts":{"algorithm":"ES256","public_key":"{{{receipts.Public}}}"}}""").ExecuteAsync(context);

    private async Task AnswerAsync(HttpContext context, Func<Task<IResult>> answer)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        IResult result;
        try
        {
            result = networks.Enter(context.Connection.RemoteIpAddress) is { } wait ? new RateLimited(wait) : await answer();
        }
        catch (UsageStoreException)
        {
            result = Unavailable;
        }

        await result.ExecuteAsync(context);
    }

    private async Task<IResult> AnswerProofAsync(HttpContext context, Func<Product, string, Task<IResult>> answer)
    {
        if (await Proof.ReadAsync(context.Request) is not { } proof)
        {
            return NoProof;
        }

        return await proofs.CheckAsync(proof) is (var product, var id) ? await answer(product, id) : Unknown;
    }

    private async Task<IResult> EraseAsync(Product product, string id) => await store.EraseAsync(product, id) switch
    {
        ErasureOutcome.Erased erased => Content(receipts.Sign(product, id, StoredTime.Now(time), erased.Reports)),
        ErasureOutcome.Unknown => Unknown,
        _ => Unavailable,
    };

    private static ContentHttpResult Content(string json) => TypedResults.Text(json, Json, Encoding.UTF8);
}
