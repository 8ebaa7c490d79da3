using Microsoft.Extensions.Options;

namespace UsageReporting.Transports.Http;

/// <summary>Finds what is wrong with an endpoint before anything is sent there.</summary>
internal sealed class HttpSinkOptionsValidator : IValidateOptions<HttpSinkOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpSinkOptions options)
    {
        string?[] found = [AddressMistake("endpoint", options.Endpoint), NumbersMistake(options), KeyMistake(options), TimeoutMistake(options), VersionMistake(options)];
        string[] mistakes = [.. found.OfType<string>()];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static string? AddressMistake(string name, Uri? address) => address switch
    {
        null or { IsAbsoluteUri: false } => $"{name}: it must be an absolute address.",
        { UserInfo.Length: > 0 } => $"{name}: it must not hold a user's name or a password.",
        _ when OperatorSettings.IsEndpoint(address) => null,
        _ => $"{name}: it must be https; http is spoken to this machine only.",
    };

    private static string? NumbersMistake(HttpSinkOptions options) =>
        options.Numbers is null ? null : AddressMistake("numbers", options.Numbers);

    private static string? KeyMistake(HttpSinkOptions options) =>
        options.ApiKey is { } key && !OperatorSettings.IsKey(key)
            ? "apiKey: it must be up to 256 visible ASCII characters."
            : null;

    private static string? TimeoutMistake(HttpSinkOptions options) =>
        options.TimeoutSeconds is >= 5 and <= 60 ? null : "timeoutSeconds: must be between 5 and 60.";

    private static string? VersionMistake(HttpSinkOptions options) =>
        options.UserAgentVersion is { } version && !UserAgent.IsVersion(version)
            ? "userAgentVersion: it must be up to 64 letters, digits, dots, hyphens, plus signs and underscores."
            : null;
}
