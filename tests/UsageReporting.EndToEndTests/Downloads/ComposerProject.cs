using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Downloads;

/// <summary>A project that requires packages of a repository, installed by the real Composer.</summary>
internal sealed class ComposerProject(TemporaryFolder folder)
{
    private readonly string _path = Directory.CreateDirectory(folder.Combine("project")).FullName;

    /// <summary>The folders of the packages that are installed.</summary>
    public IEnumerable<string> Installed => Directory.Exists(Path.Combine(_path, "vendor"))
        ? Directory.GetFiles(Path.Combine(_path, "vendor"), "composer.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(_path, "vendor"), Path.GetDirectoryName(file)!)).Order()
        : [];

    /// <summary>Installs everything into an empty project.</summary>
    /// <param name="repository">The repository's address.</param>
    /// <param name="isCi">Whether Composer finds itself on a CI service.</param>
    public async Task<ChildResult> InstallAsync(string repository, bool isCi = false)
    {
        if (Directory.Exists(Path.Combine(_path, "vendor")))
        {
            Directory.Delete(Path.Combine(_path, "vendor"), recursive: true);
        }

        await File.WriteAllTextAsync(Path.Combine(_path, "composer.json"), $$"""
            {
              "repositories": [ { "type": "composer", "url": "{{repository}}" }, { "packagist.org": false } ],
              "require": { "wp-plugin/akismet": "5.0", "wp-theme/astra": "v4.0" },
              "config": { "secure-http": false }
            }
            """);
        return await ChildProcess.RunAsync("composer", ["install", "--no-interaction", "--no-progress"], new ChildOptions
        {
            WorkingDirectory = _path,
            Environment = new Dictionary<string, string?>
            {
                ["COMPOSER_HOME"] = folder.Combine("composer"),
                ["COMPOSER_CACHE_DIR"] = folder.Combine("cache"),
                ["COMPOSER_ALLOW_SUPERUSER"] = "1",
                ["CI"] = isCi ? "true" : null,
            },
        });
    }
}
