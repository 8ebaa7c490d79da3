using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using UsageReporting.Server.Access;

namespace UsageReporting.Server.Operators;

/// <summary>
/// Lets through who is on this machine, and others where the host says so and nobody can listen. Whoever comes through a proxy on this
/// machine is not on it; nor is a page elsewhere whose name leads here, of which the host's name tells.
/// </summary>
internal sealed class OperatorGate(IOptions<OperatorOptions> options)
{
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
        && !UnnamedProxy.IsSpokenFor(context.Request)
        && IsNameOfThisMachine(context.Request.Host.Host);

    private static bool IsNameOfThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
