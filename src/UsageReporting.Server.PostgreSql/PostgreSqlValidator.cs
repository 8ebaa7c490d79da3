using Microsoft.Extensions.Options;
using Npgsql;
using UsageReporting.Server.DependencyInjection;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Finds mistakes in a connection string, and never repeats it: it may have a password in it.</summary>
internal sealed class PostgreSqlValidator(string connectionString, IOptions<UsageServerOptions> server)
    : IValidateOptions<UsageReportingServerOptions>
{
    // The table is reports_<name>, and there is room for 63.
    private const int LongestName = 55;

    public ValidateOptionsResult Validate(string? name, UsageReportingServerOptions options)
    {
        string[] mistakes = [.. InConnectionString(), .. InFolder(), .. InNames(options)];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private IEnumerable<string> InConnectionString()
    {
        string? host;
        try
        {
            host = new NpgsqlConnectionStringBuilder(connectionString).Host;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return ["The connection string of PostgreSQL cannot be read: it is like Host=db.example.org;Username=usage;Database=usage."];
        }

        return string.IsNullOrWhiteSpace(host) ? ["The connection string of PostgreSQL has no Host."] : [];
    }

    // What is longer would be cut, and two products could have one table.
    private static IEnumerable<string> InNames(UsageReportingServerOptions options) =>
        from product in options.Products
        where product.Name.Length > LongestName
        select FormattableString.Invariant(
            $"The product \"{product.Name}\" has a name of more than {LongestName} characters, for which PostgreSQL's names are too short.");

    private IEnumerable<string> InFolder()
    {
        if (server.Value.DataDirectory is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            yield return $"The folder \"{Path.GetFullPath(folder)}\" of the server does not exist.";
        }
    }
}
