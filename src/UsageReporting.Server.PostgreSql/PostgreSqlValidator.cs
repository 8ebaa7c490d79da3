using Microsoft.Extensions.Options;
using Npgsql;
using UsageReporting.Server.DependencyInjection;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Finds mistakes in a connection string, and never repeats it: it may have a password in it.</summary>
internal sealed class PostgreSqlValidator(string connectionString, IOptions<UsageServerOptions> server)
    : IValidateOptions<UsageReportingServerOptions>
{
    public ValidateOptionsResult Validate(string? name, UsageReportingServerOptions options)
    {
        string[] mistakes = [.. InConnectionString(), .. InFolder()];
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

    private IEnumerable<string> InFolder()
    {
        if (server.Value.DataDirectory is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            yield return $"The folder \"{Path.GetFullPath(folder)}\" of the server does not exist.";
        }
    }
}
