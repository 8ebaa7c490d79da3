namespace UsageReporting.TestSupport;

/// <summary>The folder that holds the solution, found from where the tests run.</summary>
public static class RepositoryRoot
{
    // With CI=true the compiler writes source paths under this root, so that builds are the same on every machine.
    private const string DeterministicRoot = "/_/";

    /// <summary>The folder, without a separator at its end.</summary>
    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A file or folder below it.</summary>
    public static string Combine(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Where a source file really is that the compiler named with <c>[CallerFilePath]</c>.</summary>
    public static string SourceFile(string callerFilePath) =>
        callerFilePath.StartsWith(DeterministicRoot, StringComparison.Ordinal)
            ? Combine(callerFilePath[DeterministicRoot.Length..])
            : callerFilePath;

    private static string Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "UsageReporting.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {start} holds UsageReporting.sln.");
    }
}
