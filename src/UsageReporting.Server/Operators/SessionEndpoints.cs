using System.Net;
using Microsoft.AspNetCore.Http;
using UsageReporting.Server.Access;
using UsageReporting.Server.Operators.Pages;

namespace UsageReporting.Server.Operators;

/// <summary>Begins and ends sessions.</summary>
internal sealed class SessionEndpoints(OperatorDesk desk, OperatorCookie cookie, KeyRing keys, KeyDoor door, WrongKeys wrong)
{
    public Task AnswerPageAsync(HttpContext context) =>
        desk.AnswerAnybodyAsync(context, "", () => Task.FromResult<IResult>(new OperatorPage(SignInPage.Draw(desk.TokenOf(context), null))));

    // A form of a page that stood open for long is answered with a new one, as anybody is who is not let in.
    public Task AnswerSignInAsync(HttpContext context) => desk.AnswerAnybodyAsync(context, "", async () =>
    {
        if (await desk.ReadFormAsync(context) is not { } form)
        {
            return OperatorDesk.Forged("");
        }

        IPAddress? address = context.Connection.RemoteIpAddress;
        if (wrong.Look(address) is { } wait)
        {
            return new RateLimited(wait);
        }

        string text = form["key"] is [{ } typed] ? typed.Trim() : "";
        (ShownKey key, IResult? tooMany) = door.Try(context, () => keys.FindOfEveryProduct(text, UsageKeyScopes.Admin));
        if (tooMany is not null)
        {
            return tooMany;
        }

        if (!key.Opens(UsageKeyScopes.Admin))
        {
            wrong.Note(address);
            return new OperatorPage(
                SignInPage.Draw(desk.TokenOf(context), "This key does not open these pages."), StatusCodes.Status401Unauthorized);
        }

        desk.Note(key.Name, "signed in");
        await cookie.SignInAsync(context, key.Name);
        return new SeeOther("./");
    });

    public Task AnswerSignOutAsync(HttpContext context) => desk.AnswerAsync(context, "", async request =>
    {
        // Nobody stays signed in because a disk is full.
        desk.NoteIfPossible(request.Key, "signed out");
        await OperatorCookie.SignOutAsync(context);
        return new SeeOther("sign-in");
    });
}
