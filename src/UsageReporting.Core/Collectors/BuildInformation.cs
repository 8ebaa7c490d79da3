using System.Globalization;
using System.Reflection;

namespace UsageReporting.Core.Collectors;

/// <summary>
/// What an assembly says about its build: in its informational version, and in the metadata that
/// <c>UsageReporting.Core.targets</c> writes into it.
/// </summary>
internal sealed record BuildInformation(string? Version, string? Channel, string? Commit, DateTimeOffset? BuildDate)
{
    private const int ShortCommit = 9;

    public static BuildInformation OfTheApplication { get; } = Of(Assembly.GetEntryAssembly());

    public static BuildInformation Of(Assembly? assembly)
    {
        string[] version = assembly?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+', 2) ?? [];
        AssemblyMetadataAttribute[] metadata = [.. assembly?.GetCustomAttributes<AssemblyMetadataAttribute>() ?? []];
        return new BuildInformation(
            version.FirstOrDefault(),
            Written("Channel"),
            Written("Commit") is { } commit ? Shorten(commit) : CommitIn(version),
            DateTimeOffset.TryParse(
                Written("BuildDate"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
                ? date
                : null);

        string? Written(string name) => metadata.FirstOrDefault(entry => entry.Key == $"UsageReporting.{name}")?.Value;
    }

    // The SDK writes the commit as the last identifier of the build part: "1.2.3+5114f85…", "1.2.3+nightly.5114f85…".
    private static string? CommitIn(string[] version) =>
        version is [_, { } build] && build.Split('.')[^1] is { Length: >= ShortCommit } last && last.All(char.IsAsciiHexDigit)
            ? Shorten(last)
            : null;

    private static string Shorten(string commit) => commit.Length > ShortCommit ? commit[..ShortCommit] : commit;
}
