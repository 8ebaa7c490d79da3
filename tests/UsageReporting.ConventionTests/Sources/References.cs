using Microsoft.CodeAnalysis;

namespace UsageReporting.ConventionTests.Sources;

/// <summary>What this process itself runs on serves as references: the framework, the packages and our own projects.</summary>
internal static class References
{
    private static readonly string[] All =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    /// <summary>The framework and the packages.</summary>
    public static IReadOnlyList<MetadataReference> OfOthers { get; } = [.. All.Where(path => !IsOurs(path)).Select(Read)];

    /// <summary>Our own projects as they are built.</summary>
    public static IReadOnlyList<MetadataReference> OfOurs { get; } = [.. All.Where(IsOurs).Select(Read)];

    private static bool IsOurs(string path) =>
        Path.GetFileName(path).StartsWith("UsageReporting.", StringComparison.Ordinal);

    private static MetadataReference Read(string path) => MetadataReference.CreateFromFile(path);
}
