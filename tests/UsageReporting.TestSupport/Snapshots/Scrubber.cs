using System.Text.RegularExpressions;
using VerifyTests;

namespace UsageReporting.TestSupport.Snapshots;

/// <summary>Replaces what is different in every run, or on every machine, by names.</summary>
internal static partial class Scrubber
{
    // The root first: it may itself lie in the folder for temporary files.
    private static readonly (Regex Path, string Name)[] Folders =
    [
        (Whole(RepositoryRoot.Folder), "{SolutionDirectory}"),
        (Whole(Path.TrimEndingDirectorySeparator(Path.GetTempPath())), "{TempPath}"),
    ];

    public static string Scrub(string text, VerifySettings settings)
    {
        text = NormaliseLineEnds(text);
        foreach ((Regex path, string name) in Folders)
        {
            text = path.Replace(text, name);
        }

        text = settings.ScrubsGuids ? Number(text, Guids(), "Guid") : text;
        return settings.ScrubsDateTimes ? Number(text, Instants(), "DateTimeOffset") : text;
    }

    public static string NormaliseLineEnds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    // Equal values get equal numbers, so that a snapshot still shows which ones are the same.
    private static string Number(string text, Regex pattern, string name)
    {
        Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);
        return pattern.Replace(text, match =>
        {
            numbers.TryAdd(match.Value, numbers.Count + 1);
            return $"{name}_{numbers[match.Value]}";
        });
    }

    private static Regex Whole(string path) => new($@"(?<![\w./\\-]){Regex.Escape(path)}(?![\w-])");

    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])")]
    private static partial Regex Guids();

    [GeneratedRegex(@"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")]
    private static partial Regex Instants();
}
