using Microsoft.AspNetCore.Http;

namespace UsageReporting.AspNetCore;

/// <summary>What an answer holds is one person's, of this moment, and no page.</summary>
internal sealed class AnswerHeadersFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        IHeaderDictionary headers = context.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        return next(context);
    }
}
