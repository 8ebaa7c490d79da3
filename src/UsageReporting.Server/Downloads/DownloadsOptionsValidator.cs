using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace UsageReporting.Server.Downloads;

/// <summary>Finds every mistake in how installs are to be counted.</summary>
internal sealed class DownloadsOptionsValidator(IServiceProvider services) : IValidateOptions<DownloadsOptions>
{
    // A bucket has one key, and keys live for a day.
    private const int LongestWindow = 86_400;

    public ValidateOptionsResult Validate(string? name, DownloadsOptions options)
    {
        List<string> mistakes =
        [
            .. options.Packages.Where(pattern => PackagePattern.Parse(pattern) is null).Select(pattern =>
                $"Downloads: \"{pattern}\" is no package. Write vendor/name in lower case; * stands for any vendor or any name."),
        ];
        if (options.Packages.Count == 0 && services.GetRequiredService<IPackageCatalog>() is PatternCatalog)
        {
            mistakes.Add("Downloads: no package counts. Name some in Packages, or add an IPackageCatalog to the services.");
        }

        if (options.WindowSeconds is < 1 or > LongestWindow)
        {
            mistakes.Add(string.Create(
                CultureInfo.InvariantCulture, $"Downloads: WindowSeconds is {options.WindowSeconds}, and not from 1 to {LongestWindow}."));
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
