using Microsoft.Extensions.Options;

namespace UsageReporting.Server.DependencyInjection;

/// <summary>Finds mistakes in the place of a database.</summary>
internal sealed class SqliteFileValidator(string path) : IValidateOptions<UsageReportingServerOptions>
{
    public ValidateOptionsResult Validate(string? name, UsageReportingServerOptions options)
    {
        if (Directory.Exists(path))
        {
            return ValidateOptionsResult.Fail($"The database \"{path}\" is a folder.");
        }

        // Not created: a folder that is missing is mistyped, or not mounted.
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return Directory.Exists(folder)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"The folder \"{folder}\" of the database does not exist.");
    }
}
