using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Packages;

/// <summary>The repository in another folder, as it is just now, in one commit of its own that is the same everywhere.</summary>
/// <param name="folder">Where it is to be.</param>
internal sealed class RepositoryCopy(string folder)
{
    private const string Sunday = "2026-01-04T12:00:00Z";

    public string Folder => folder;

    public static async Task<RepositoryCopy> MakeAsync(string folder, string? origin = null)
    {
        string files = await GitAsync(RepositoryRoot.Folder, "ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate");
        foreach (string file in files.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(RepositoryRoot.Combine(file))))
        {
            string copy = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(RepositoryRoot.Combine(file), copy);
        }

        await GitAsync(folder, "init", "--quiet");
        await GitAsync(folder, "add", "--all");
        await GitAsync(folder, "commit", "--quiet", "--message=A copy");
        if (origin is not null)
        {
            await GitAsync(folder, "remote", "add", "origin", origin);
        }

        return new RepositoryCopy(folder);
    }

    /// <summary>Packs the release.</summary>
    public Task<ChildResult> PackAsync(params string[] arguments) => ChildProcess.RunAsync(
        Path.Combine(folder, "ops", "release", "pack.sh"), arguments, new ChildOptions { Bound = TimeSpan.FromMinutes(14) });

    private static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        ChildResult run = await ChildProcess.RunAsync(
            "git",
            ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false", .. arguments],
            new ChildOptions
            {
                WorkingDirectory = folder,
                Environment = new Dictionary<string, string?> { ["GIT_AUTHOR_DATE"] = Sunday, ["GIT_COMMITTER_DATE"] = Sunday },
            });
        return run.ExitCode == 0 ? run.Output : throw new InvalidOperationException(run.Error);
    }
}
