using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.ConventionTests.Repository;

/// <summary>The files that are in git, as paths below the repository's root.</summary>
internal static class TrackedFiles
{
    public static async Task<IReadOnlyList<string>> ListAsync()
    {
        // The folder may belong to another user, as in a container; reading the list is harmless all the same.
        ChildResult git = await ChildProcess.RunAsync(
            "git",
            ["-c", "safe.directory=*", "ls-files", "-z"],
            new ChildOptions { WorkingDirectory = RepositoryRoot.Folder });
        return git.ExitCode == 0
            ? [.. git.Output.Split('\0').Where(path => path.Length > 0 && File.Exists(RepositoryRoot.Combine(path)))]
            : throw new InvalidOperationException(git.Error);
    }
}
