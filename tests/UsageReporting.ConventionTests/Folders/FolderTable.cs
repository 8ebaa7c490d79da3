namespace UsageReporting.ConventionTests.Folders;

/// <summary>
/// Which folder may use which: the one place to change it. The project's own folder (its limits, its Log.cs) may be
/// used by all of its folders and uses none of them, except in a project that has no folders at all.
/// </summary>
internal static class FolderTable
{
    public const string DependencyInjection = "DependencyInjection";

    public static IReadOnlyList<ProjectFolders> Projects { get; } =
    [
        new()
        {
            Project = "UsageReporting.Core",
            Layers =
            [
                ["Schema"],
                ["Texts"],
                ["Machine"],
                ["State"],
                ["Consent"],
                ["Identity"],
                ["Collection"],
                ["Collectors", "Recording"],
                ["Composition"],
                ["Preview"],
                ["Delivery"],
                ["Comparison"],
                ["Reporting"],
                [DependencyInjection],
            ],
        },
        new()
        {
            Project = "UsageReporting.Transports",
            Layers = [["Console", "File", "Http"], [DependencyInjection]],
            MayUse = new Dictionary<string, string[]?> { ["UsageReporting.Core"] = null },
        },
        new()
        {
            Project = "UsageReporting.GoogleAnalytics",
            Layers = [],
            MayUse = new Dictionary<string, string[]?> { ["UsageReporting.Core"] = null },
        },
        new()
        {
            Project = "UsageReporting.CommandLine",
            Layers = [],
            MayUse = new Dictionary<string, string[]?> { ["UsageReporting.Core"] = null },
        },
        new()
        {
            Project = "UsageReporting.AspNetCore",
            Layers = [],
            MayUse = new Dictionary<string, string[]?> { ["UsageReporting.Core"] = null },
        },
        new()
        {
            Project = "UsageReporting.Testing",
            Layers = [],
            MayUse = new Dictionary<string, string[]?> { ["UsageReporting.Core"] = null },
        },
        new()
        {
            Project = "UsageReporting.Server",
            Layers =
            [
                ["Products"],
                ["Validation"],
                ["Storage"],
                ["Rollups"],
                ["Sql"],
                ["Storage/Sqlite"],
                ["Access"],
                ["Metrics"],
                ["Installations"],
                ["Badges"],
                ["Statistics"],
                ["Ingest/Gzip"],
                ["Ingest"],
                ["Health"],
                ["Downloads"],
                ["Dashboard/Writing"],
                ["Dashboard/Charts"],
                ["Dashboard/Pages"],
                ["Dashboard"],
                ["Operators/Pages"],
                ["Operators"],
                ["Hosting"],
                [DependencyInjection],
            ],
            MayUse = new Dictionary<string, string[]?> { ["UsageReporting.Core"] = ["Schema"] },
        },
        new()
        {
            Project = "UsageReporting.Server.PostgreSql",
            Layers = [],
            MayUse = new Dictionary<string, string[]?>
            {
                ["UsageReporting.Core"] = ["Schema"],
                ["UsageReporting.Server"] = ["", "Products", "Validation", "Storage", "Rollups", "Sql", DependencyInjection],
            },
        },
    ];

    public static ProjectFolders? Find(string project) => Projects.FirstOrDefault(p => p.Project == project);
}
