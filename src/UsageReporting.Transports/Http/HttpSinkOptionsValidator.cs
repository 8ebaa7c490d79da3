using Microsoft.Extensions.Options;

namespace UsageReporting.Transports.Http;

/// <summary>Finds what is wrong with an endpoint before anything is sent there.</summary>
internal sealed class HttpSinkOptionsValidator : IValidateOptions<HttpSinkOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpSinkOptions options) => options.Endpoint switch
    {
        null or { IsAbsoluteUri: false } => ValidateOptionsResult.Fail("endpoint: it must be an absolute address."),
        { UserInfo.Length: > 0 } => ValidateOptionsResult.Fail("endpoint: it must not hold a user's name or a password."),
        { Scheme: "https" } or { Scheme: "http", IsLoopback: true } => ValidateOptionsResult.Success,
        _ => ValidateOptionsResult.Fail("endpoint: it must be https; http is spoken to this machine only."),
    };
}
