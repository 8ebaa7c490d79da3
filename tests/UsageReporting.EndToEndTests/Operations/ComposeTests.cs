using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Operations;

/// <summary>The compose file, set up as <c>docs/run-the-server.md</c> says and read by its own tool. No engine starts it here.</summary>
[Platform("Linux")]
[RequiresTool("docker-compose")]
[RequiresTool("openssl")]
public sealed partial class ComposeTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Config_SetUpAsThePageSays_NamesWhatIsThere()
    {
        foreach (string file in new[] { "Dockerfile", "ops/compose/compose.yaml", "ops/nginx/usage-reports.conf" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.Combine(file))!);
            File.Copy(RepositoryRoot.Combine(file), _folder.Combine(file));
        }

        string page = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "run-the-server.md"));
        string script = Commands().Match(page).Groups[1].Value;
        ChildOptions here = new() { WorkingDirectory = _folder.Path };
        ChildResult read = await ChildProcess.RunAsync("sh", ["-ec", $"{script}docker-compose config"], here);

        Assert.That((read.ExitCode, read.Error), Is.EqualTo((0, "")));
        string password = (await File.ReadAllTextAsync(_folder.Combine("ops", "compose", "database-password"))).Trim();
        string[] places = [.. Place().Matches(read.Output).Select(place => place.Groups[1].Value)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Output, Does.Contain($"Host=database;Username=usage;Database=usage;Password={password}"));
            Assert.That(places, Is.Not.Empty);
            // The certificate is the operator's own.
            Assert.That(places.Where(place => !place.EndsWith("/certificates", StringComparison.Ordinal)), Is.All.Exist);
            Assert.That(Path.Combine(Context().Match(read.Output).Groups[1].Value, "Dockerfile"), Does.Exist);
            Assert.That(
                Proxy().Match(read.Output).Groups[1].Value,
                Is.EqualTo(Address().Match(read.Output).Groups[1].Value).And.Not.Empty, "Otherwise all clients are one network.");
        }
    }

    [GeneratedRegex(@"## In a container\n\n```\n((?:.*\n)*?)docker compose up --build\n```")]
    private static partial Regex Commands();

    [GeneratedRegex(@"^ +(?:- |file: )(/[^:\n]+)(?::/.*)?$", RegexOptions.Multiline)]
    private static partial Regex Place();

    [GeneratedRegex(@"context: (.*)")]
    private static partial Regex Context();

    [GeneratedRegex(@"Proxies__0: (.*)")]
    private static partial Regex Proxy();

    [GeneratedRegex(@"ipv4_address: (.*)")]
    private static partial Regex Address();
}
