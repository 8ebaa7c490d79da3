using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using UsageReporting.Server.Access;

namespace UsageReporting.Server.Operators;

/// <summary>
/// Signs operators in and out, by the framework's own handler of cookies. It is not among the host's schemes: a second scheme there
/// would take away what a host with one has as its default, and a first one would look at every report that comes.
/// </summary>
internal sealed class OperatorCookie(
    IOptionsMonitor<CookieAuthenticationOptions> options, KeyRing keys, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>The name of the scheme, and of its options.</summary>
    public const string Name = "UsageReporting.Operator";

    private const string KeyName = "key";
    private const string Begun = "begun";

    // By what antiforgery knows whose a token is.
    private const string Session = "sub";
    private const int SessionDigits = 32;

    private static readonly AuthenticationScheme Scheme = new(Name, displayName: null, typeof(CookieAuthenticationHandler));

    /// <summary>How a cookie is made: for this site, for its server alone, and never over a line that others can read.</summary>
    public static void Configure(CookieAuthenticationOptions cookie, OperatorSessions sessions, TimeProvider time)
    {
        cookie.Cookie.Name = "usage-operator";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.IsEssential = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        cookie.ExpireTimeSpan = ServerLimits.OperatorIdle;
        cookie.SlidingExpiration = true;
        // With each request, and not only with those in the second half of the time.
        cookie.Events.OnCheckSlidingExpiration = context =>
        {
            context.ShouldRenew = true;
            return Task.CompletedTask;
        };
        cookie.SessionStore = sessions;
        cookie.TimeProvider = time;
    }

    /// <summary>The key of the operator who asks; null for one who has no session, or whose key has been revoked.</summary>
    public async Task<string?> FindAsync(HttpContext context)
    {
        CookieAuthenticationHandler handler = await HandlerAsync(context);
        AuthenticateResult result = await handler.AuthenticateAsync();
        if (result.Principal?.FindFirstValue(KeyName) is not { } key)
        {
            return null;
        }

        long begun = long.Parse(result.Principal.FindFirstValue(Begun)!, CultureInfo.InvariantCulture);
        if (time.GetUtcNow().UtcTicks - begun >= ServerLimits.OperatorSession.Ticks || !keys.IsStillGood(key, UsageKeyScopes.Admin))
        {
            await handler.SignOutAsync(null);
            return null;
        }

        // By its own handler it is ended, too: another one's farewell would be followed by this one's renewal.
        context.Items[Name] = handler;
        // Tokens against forgery are this session's.
        context.User = result.Principal;
        return key;
    }

    /// <summary>Begins a session. One that is there ends: the handler would give it the new name, for whoever else has its cookie, too.</summary>
    public async Task SignInAsync(HttpContext context, string key)
    {
        CookieAuthenticationHandler before = await HandlerAsync(context);
        if ((await before.AuthenticateAsync()).Succeeded)
        {
            await before.SignOutAsync(null);
        }

        ClaimsIdentity identity = new(
            [
                new Claim(KeyName, key),
                new Claim(Session, RandomNumberGenerator.GetHexString(SessionDigits)),
                new Claim(Begun, time.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture)),
            ],
            Name);
        // A handler of its own, which knows nothing of the session before.
        await (await HandlerAsync(context)).SignInAsync(new ClaimsPrincipal(identity), new AuthenticationProperties());
    }

    /// <summary>Ends the session that was found.</summary>
    public static Task SignOutAsync(HttpContext context) => ((CookieAuthenticationHandler)context.Items[Name]!).SignOutAsync(null);

    private async Task<CookieAuthenticationHandler> HandlerAsync(HttpContext context)
    {
        CookieAuthenticationHandler handler = new(options, loggers, UrlEncoder.Default);
        await handler.InitializeAsync(Scheme, context);
        return handler;
    }
}
