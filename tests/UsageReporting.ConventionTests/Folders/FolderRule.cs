using UsageReporting.ConventionTests.Sources;

namespace UsageReporting.ConventionTests.Folders;

/// <summary>Judges one edge by <see cref="FolderTable"/>.</summary>
internal static class FolderRule
{
    public static bool Allows(SourceFile from, SourceFile to)
    {
        if (from == to)
        {
            return true;
        }

        return from.Project == to.Project ? AllowsWithin(from, to) : AllowsAcross(from, to);
    }

    // A storage engine, Storage/<Engine>, is known to nobody but to who registers it.
    private static bool AllowsWithin(SourceFile from, SourceFile to)
    {
        ProjectFolders? project = FolderTable.Find(from.Project);
        bool isDownwards = to.Folder.Length == 0 || project?.LayerOf(to.Folder) < project?.LayerOf(from.Folder);
        return isDownwards && (!to.Folder.StartsWith("Storage/", StringComparison.Ordinal)
            || from.Folder == FolderTable.DependencyInjection);
    }

    // The builders that other packages extend stand in DependencyInjection; only their own DependencyInjection, or a
    // project without folders, extends them.
    private static bool AllowsAcross(SourceFile from, SourceFile to)
    {
        if (FolderTable.Find(from.Project)?.MayUse is not { } mayUse || !mayUse.TryGetValue(to.Project, out string[]? folders))
        {
            return false;
        }

        return folders is not null
            ? folders.Contains(to.Folder)
            : to.Folder != FolderTable.DependencyInjection || from.Folder is FolderTable.DependencyInjection or "";
    }
}
