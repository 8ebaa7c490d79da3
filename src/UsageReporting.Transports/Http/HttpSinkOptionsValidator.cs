using Microsoft.Extensions.Options;

namespace UsageReporting.Transports.Http;

/// <summary>Finds what is wrong with an endpoint before anything is sent there.</summary>
internal sealed class HttpSinkOptionsValidator : IValidateOptions<HttpSinkOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpSinkOptions options)
    {
        string[] mistakes =
            [.. new[] { EndpointMistake(options.Endpoint), KeyMistake(options.ApiKey), VersionMistake(options) }.OfType<string>()];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static string? EndpointMistake(Uri? endpoint) => endpoint switch
    {
        null or { IsAbsoluteUri: false } => "endpoint: it must be an absolute address.",
        { UserInfo.Length: > 0 } => "endpoint: it must not hold a user's name or a password.",
        { Scheme: "https" } or { Scheme: "http", IsLoopback: true } => null,
        _ => "endpoint: it must be https; http is spoken to this machine only.",
    };

    // What fits in a header; the key itself is not repeated.
    private static string? KeyMistake(string? key) =>
        key is null || (key.Length is > 0 and <= HttpSinkLimits.KeyLength && key.All(c => c is > ' ' and <= '~'))
            ? null
            : "apiKey: it must be 1 to 256 printable ASCII characters without a space.";

    private static string? VersionMistake(HttpSinkOptions options) =>
        options.UserAgentVersion is { } version && !UserAgent.IsVersion(version)
            ? "userAgentVersion: it must be up to 64 letters, digits, dots, hyphens, plus signs and underscores."
            : null;
}
