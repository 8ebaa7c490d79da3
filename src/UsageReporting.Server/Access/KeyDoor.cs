using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Access;

/// <summary>
/// Where a key is asked for that somebody may have chosen, and so may be guessed: what a network tries in vain counts where its
/// requests are limited, also where the door is open, and once that is used up not even the right key is looked at.
/// </summary>
internal sealed class KeyDoor(RateGate networks)
{
    /// <summary>The good key that a request shows, or the answer where its network has tried too many.</summary>
    /// <param name="context">The request.</param>
    /// <param name="find">Looks for the key.</param>
    public (ShownKey Key, IResult? Refusal) Try(HttpContext context, Func<HttpRequest, ShownKey> find) =>
        KeyRing.IsShown(context.Request) ? Try(context, () => find(context.Request)) : (ShownKey.None, null);

    /// <summary>The same of a key that a form brings.</summary>
    public (ShownKey Key, IResult? Refusal) Try(HttpContext context, Func<ShownKey> find)
    {
        if (networks.Look(context.Connection.RemoteIpAddress) is { } wait)
        {
            return (ShownKey.None, new RateLimited(wait));
        }

        ShownKey key = find();
        if (key.Scopes == UsageKeyScopes.None)
        {
            networks.Enter(context.Connection.RemoteIpAddress);
        }

        return (key, null);
    }
}
