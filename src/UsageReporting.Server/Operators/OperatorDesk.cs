using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using UsageReporting.Server.Operators.Pages;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Operators;

/// <summary>
/// What is the same for every page: who may come, who has a session, whether a form is one of ours, and what is said where something
/// cannot be done.
/// </summary>
internal sealed class OperatorDesk(
    OperatorGate gate, OperatorCookie cookie, IAntiforgery antiforgery, AuditTrail audit, TimeProvider time, ILogger<OperatorDesk> logger)
{
    /// <summary>Answers who has a session, and sends others to sign in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="root">The way up to the first page.</param>
    /// <param name="answer">What the page is.</param>
    public Task AnswerAsync(HttpContext context, string root, Func<OperatorRequest, Task<IResult>> answer) => AnswerAnybodyAsync(context, root, async () =>
    {
        if (await cookie.FindAsync(context) is not { } key)
        {
            return new SeeOther($"{root}sign-in");
        }

        if (await ReadFormAsync(context) is not { } form)
        {
            return Forged(root);
        }

        return await answer(new OperatorRequest(key, TokenOf(context), form));
    });

    /// <summary>Answers everybody who may come at all.</summary>
    /// <param name="context">The request.</param>
    /// <param name="root">The way up to the first page.</param>
    /// <param name="answer">What the page is.</param>
    public async Task AnswerAnybodyAsync(HttpContext context, string root, Func<Task<IResult>> answer)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = ServerLimits.OperatorForm;
        }

        IResult result;
        try
        {
            result = gate.Refuse(context) ?? await answer();
        }
        catch (UsageStoreException)
        {
            result = Trouble(root, "The database cannot be used just now.");
        }
        catch (NotNotedException e)
        {
            Log.AuditFailed(logger, e);
            result = Trouble(root, "It could not be noted, and so was not done. The server's log has the reason.");
        }

        await result.ExecuteAsync(context);
    }

    /// <summary>The fields of a form that one of our pages has sent; null for any other, and none of a page that is got.</summary>
    public async Task<IFormCollection?> ReadFormAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return FormCollection.Empty;
        }

        try
        {
            return await antiforgery.IsRequestValidAsync(context) ? await context.Request.ReadFormAsync() : null;
        }
        catch (Exception e) when (e is AntiforgeryValidationException or IOException or InvalidOperationException or InvalidDataException)
        {
            // A body that is no form, too large, or that does not come to its end.
            return null;
        }
    }

    /// <summary>What the forms of the answer have to bring back.</summary>
    public FormToken TokenOf(HttpContext context)
    {
        AntiforgeryTokenSet tokens = antiforgery.GetAndStoreTokens(context);
        return new FormToken(tokens.FormFieldName, tokens.RequestToken!);
    }

    /// <summary>The answer to a form that is none of ours.</summary>
    public static IResult Forged(string root) => new OperatorPage(
        MessagePage.Draw("The form is not one of these pages, or is of a session that has ended. Go to the first page, and try it again.", root),
        StatusCodes.Status400BadRequest);

    /// <summary>Notes what is about to be done.</summary>
    /// <exception cref="NotNotedException">It is not noted for certain: it must not be done.</exception>
    public void Note(string key, string what, string? product = null, string? idSha256 = null, string? of = null)
    {
        audit.Note(new AuditEntry(StoredTime.Now(time).UtcDateTime, key, what, product, idSha256) { Of = of });
        Log.OperatorDid(logger, what, key);
    }

    /// <summary>Notes what is done whether that can be noted or not.</summary>
    public void NoteIfPossible(string key, string what)
    {
        try
        {
            Note(key, what);
        }
        catch (NotNotedException e)
        {
            Log.NotNoted(logger, e, what);
        }
    }

    private static OperatorPage Trouble(string root, string text) =>
        new(MessagePage.Draw(text, root), StatusCodes.Status503ServiceUnavailable);
}
