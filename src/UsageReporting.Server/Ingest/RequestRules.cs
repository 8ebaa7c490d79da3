using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace UsageReporting.Server.Ingest;

/// <summary>What is refused before a byte of the body is read.</summary>
internal static class RequestRules
{
    public static IResult? Refuse(HttpRequest request)
    {
        // Methods are told apart by the case of their letters (RFC 9110, 9.1).
        if (request.Method != HttpMethods.Post)
        {
            return Answers.OnlyPost;
        }

        if (IsFramedTwice(request.Headers))
        {
            return Answers.Invalid("The request says twice how long it is.");
        }

        return ContentTypeRule.Allows(request.Headers.ContentType)
            && ContentCodingRule.Read(request.Headers.ContentEncoding) != ContentCoding.Other
                ? null
                : Answers.OnlyJson;
    }

    // A request with Transfer-Encoding and Content-Length is a way to smuggle another one past a proxy (RFC 9112, 6.1).
    // Kestrel believes the first and renames the second.
    private static bool IsFramedTwice(IHeaderDictionary headers) =>
        headers.ContainsKey(HeaderNames.TransferEncoding)
        && (headers.ContainsKey("X-Content-Length") || headers.ContentLength is not null);
}
