namespace UsageReporting.ConventionTests.Sources;

/// <summary>Where a file of <c>src</c> stands.</summary>
/// <param name="Project">The project's name, such as <c>UsageReporting.Core</c>.</param>
/// <param name="Folder">The folder below the project's own with <c>/</c> between the parts; empty for that itself.</param>
internal sealed record SourceFile(string Project, string Folder)
{
    /// <summary>Finds out from the path below <c>src</c>, such as <c>UsageReporting.Server/Storage/Sqlite/A.cs</c>.</summary>
    public static SourceFile Of(string path)
    {
        string[] parts = path.Split('/');
        return new SourceFile(parts[0], string.Join("/", parts[1..^1].Where(part => part.Length > 0)));
    }

    public override string ToString() => Folder.Length == 0 ? $"{Project} (its own folder)" : $"{Project}/{Folder}";
}
