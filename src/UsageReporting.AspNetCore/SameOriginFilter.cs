using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace UsageReporting.AspNetCore;

/// <summary>
/// Keeps pages of other sites from choosing in a person's name: a browser sends the person's cookies along with their requests
/// too. Every browser says where a request that changes something comes from, with <c>Sec-Fetch-Site</c> or, to addresses
/// without TLS, with <c>Origin</c>, and no page can say otherwise. What says neither is no browser, and has no cookies of one.
/// </summary>
internal sealed class SameOriginFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpRequest request = context.HttpContext.Request;
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || Allows(request.Headers, request.Host)
            ? next(context)
            : ValueTask.FromResult<object?>(UsageProblems.OtherSite);
    }

    /// <summary>Whether it comes from a page of the application's own, or from no page.</summary>
    public static bool Allows(IHeaderDictionary headers, HostString host)
    {
        StringValues site = headers["Sec-Fetch-Site"];
        if (site.Count > 0)
        {
            return site == "same-origin" || site == "none";
        }

        // Without the scheme: whether there is TLS in front of the host, it does not always know.
        return headers.Origin.Count == 0
            || (headers.Origin.ToString().Split("://") is [_, var origin]
                && origin.Equals(host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
