using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace UsageReporting.GoogleAnalytics;

/// <summary>Finds all that is wrong with the property, and with a schema that does not fit it, before anything is sent there.</summary>
internal sealed class GoogleAnalyticsOptionsValidator(IServiceProvider services) : IValidateOptions<GoogleAnalyticsOptions>
{
    private const int SecretLength = 64;

    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    public ValidateOptionsResult Validate(string? name, GoogleAnalyticsOptions options)
    {
        string?[] found = [IdMistake(options.MeasurementId), SecretMistake(options.ApiSecret), EndpointMistake(options.Endpoint)];
        string[] mistakes = [.. found.OfType<string>(), .. SchemaMistakes()];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static string? IdMistake(string? id) =>
        id is ['G', '-', _, ..] && id.Length <= 20 && id.AsSpan(2).IndexOfAnyExcept(LettersAndDigits) < 0
            ? null
            : "measurementId: it must be G- and letters and digits, such as G-A1B2C3D4E5.";

    private static string? SecretMistake(string? secret) =>
        secret is { Length: > 0 and <= SecretLength } && secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? null
            : "apiSecret: it must be up to 64 letters, digits, hyphens and underscores.";

    private static string? EndpointMistake(Uri? endpoint) =>
        endpoint is { IsAbsoluteUri: true, Query: "", Fragment: "" } && OperatorSettings.IsEndpoint(endpoint)
            ? null
            : "endpoint: it must be an https address without a query; http is spoken to this machine only.";

    private IEnumerable<string> SchemaMistakes()
    {
        try
        {
            return SchemaFit.MistakesIn(services.GetRequiredService<ReportSchema>());
        }
        catch (Exception e) when (e is SchemaException or OptionsValidationException)
        {
            // What is wrong with the schema itself is said beside this.
            return [];
        }
    }
}
