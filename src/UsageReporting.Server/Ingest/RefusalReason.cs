using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Ingest;

/// <summary>Why a request was refused, in one word for who counts: its status says it.</summary>
internal static class RefusalReason
{
    public static string Of(IResult answer) => (answer as IStatusCodeHttpResult)?.StatusCode switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => "key",
        StatusCodes.Status405MethodNotAllowed => "method",
        StatusCodes.Status408RequestTimeout => "too_slow",
        StatusCodes.Status415UnsupportedMediaType => "media_type",
        StatusCodes.Status429TooManyRequests => "rate_limited",
        _ => "invalid",
    };
}
