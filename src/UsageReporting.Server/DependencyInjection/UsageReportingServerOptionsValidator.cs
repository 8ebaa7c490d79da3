using Microsoft.Extensions.Options;

namespace UsageReporting.Server.DependencyInjection;

/// <summary>Finds every mistake in what a host has declared.</summary>
internal sealed class UsageReportingServerOptionsValidator(IOptions<UsageServerOptions> server)
    : IValidateOptions<UsageReportingServerOptions>
{
    public ValidateOptionsResult Validate(string? name, UsageReportingServerOptions options)
    {
        options.LoadProducts(out IReadOnlyList<string> inProducts);
        string[] mistakes =
        [
            .. inProducts, .. InProducts(options), .. InEngines(options.Engines), .. InFolder(options, server.Value), .. UsageServerOptionsRules.MistakesIn(server.Value),
        ];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> InProducts(UsageReportingServerOptions options) =>
        options.Products.Count > 0 || options.CountsDownloads ? [] : ["There is no product: call AddProduct."];

    // A database that is no file has no folder of its own.
    private static IEnumerable<string> InFolder(UsageReportingServerOptions options, UsageServerOptions server) =>
        options.Engines.Count == 0 || server.DataDirectory is not null
            ? []
            : ["There is no folder for keys: set DataDirectory of AddUsageReportingServer."];

    private static IEnumerable<string> InEngines(List<string> engines) => engines.Count switch
    {
        0 => ["There is no storage engine: call UseSqlite or UsePostgreSql."],
        1 => [],
        _ => [$"There is more than one storage engine: {string.Join(", ", engines)}."],
    };
}
