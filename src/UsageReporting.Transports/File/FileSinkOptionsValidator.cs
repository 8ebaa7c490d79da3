using Microsoft.Extensions.Options;

namespace UsageReporting.Transports.File;

/// <summary>Finds all that is wrong with a file sink before anything is written.</summary>
internal sealed class FileSinkOptionsValidator : IValidateOptions<FileSinkOptions>
{
    public ValidateOptionsResult Validate(string? name, FileSinkOptions options)
    {
        List<string> mistakes = [];
        if (string.IsNullOrWhiteSpace(options.Path) || options.Path.Contains('\0')
            || Path.EndsInDirectorySeparator(options.Path))
        {
            mistakes.Add("path: is not the path of a file.");
        }

        if (options.MaxFileBytes is < FileSinkLimits.LeastFileBytes or > FileSinkLimits.MostFileBytes)
        {
            mistakes.Add($"maxFileBytes: must be {FileSinkLimits.LeastFileBytes} to {FileSinkLimits.MostFileBytes}.");
        }

        if (options.MaxFiles is < 1 or > FileSinkLimits.MostFiles)
        {
            mistakes.Add($"maxFiles: must be 1 to {FileSinkLimits.MostFiles}.");
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
