using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace UsageReporting.Server.Operators;

/// <summary>
/// Lets through who is on this machine, and others where the host says so and nobody can listen. Whoever comes through a proxy on this
/// machine is not on it; nor is a page elsewhere whose name leads here, of which the host's name tells.
/// </summary>
internal sealed class OperatorGate(IOptions<OperatorOptions> options)
{
    // What proxies say of whom they speak for, of themselves and of how they were asked, and what ASP.NET Core makes of it.
    private static readonly string[] Spoken = ["Forwarded", "Via", "X-Real-IP"];
    private static readonly string[] SpokenBeginnings = ["X-Forwarded-", "X-Original-"];

    // As if there were nothing.
    private static readonly IResult NotHere = TypedResults.Problem(
        statusCode: StatusCodes.Status404NotFound, detail: "There is no such page.");

    private static readonly IResult NotPlain = TypedResults.Problem(
        statusCode: StatusCodes.Status403Forbidden, detail: "These pages are served by https only.");

    /// <summary>The answer to who may not even see that a key is asked for; null for others.</summary>
    public IResult? Refuse(HttpContext context) =>
        IsOnThisMachine(context) ? null
        : !options.Value.FromAnywhere ? NotHere
        : context.Request.IsHttps ? null
        : NotPlain;

    private static bool IsOnThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
        && !context.Request.Headers.Keys.Any(IsOfAProxy)
        && IsNameOfThisMachine(context.Request.Host.Host);

    private static bool IsOfAProxy(string header) =>
        Spoken.Contains(header, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(SpokenBeginnings, beginning => header.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    private static bool IsNameOfThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
