using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;
using static UsageReporting.EndToEndTests.Downloads.Notifications;

namespace UsageReporting.EndToEndTests.Downloads;

/// <summary>The real Composer installs from a repository that lets it notify the server.</summary>
[RequiresTool("composer")]
[RequiresTool("php", "php-cli")]
[RequiresTool("unzip")]
public sealed class ComposerTests
{
    private static readonly string[] Both = ["wp-plugin/akismet", "wp-theme/astra"];

    private TemporaryFolder _folder = null!;
    private ComposerProject _project = null!;

    [SetUp]
    public void MakeProject()
    {
        _folder = new TemporaryFolder();
        _project = new ComposerProject(_folder);
    }

    [TearDown]
    public void DeleteProject() => _folder.Dispose();

    [Test]
    public async Task Install_TwoPackages_AreCountedOnceInAnHourAsNormalizedVersions()
    {
        ManualTimeProvider time = new();
        using TemporaryFolder data = new();
        await using RunningServer server = await RunningServer.StartAsync(data, time);
        await using PackageRepository repository = await PackageRepository.StartAsync($"{server.Address}downloads");

        await InstallAsync(repository);
        await InstallAsync(repository);
        string[] inTheHour = [.. server.Query("SELECT package, version, is_automatic FROM package_installs ORDER BY package")];
        time.Advance(TimeSpan.FromHours(1));
        await InstallAsync(repository);
        await InstallAsync(repository, isCi: true);
        JsonElement counters = await CurrentAsync(server.Http, "wp-plugin/akismet", () => time.Advance(TimeSpan.FromSeconds(1)));

        Assert.That(inTheHour, Is.EqualTo(new[] { "wp-plugin/akismet|5.0.0.0|0", "wp-theme/astra|4.0.0.0|0" }));
        Assert.That((counters.Installs(), counters.GetProperty("ci_total").GetInt64()), Is.EqualTo((2, 1)));
        Assert.That(server.Log.Troubles, Is.Empty);
    }

    [Test]
    public async Task Install_ServerIsDead_Succeeds()
    {
        using TcpListener taken = new(IPAddress.Loopback, port: 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        await using PackageRepository repository = await PackageRepository.StartAsync($"http://127.0.0.1:{port}/downloads");

        await InstallAsync(repository);
    }

    [Test]
    public async Task Install_ServerAnswers500_Succeeds()
    {
        await using LoopbackServer broken = new("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using PackageRepository repository = await PackageRepository.StartAsync(broken.Endpoint.AbsoluteUri);

        await InstallAsync(repository);

        Assert.That(broken.Requests, Has.Count.EqualTo(1), "Composer notifies once");
    }

    // Composer gives up after six seconds.
    [Test]
    public async Task Install_ServerHangs_Succeeds()
    {
        await using LoopbackServer hanging = new(LoopbackServer.Half(""));
        await using PackageRepository repository = await PackageRepository.StartAsync(hanging.Endpoint.AbsoluteUri);

        await InstallAsync(repository);

        Assert.That(hanging.Requests.Single(), Does.Contain("\"version\":\"5.0.0.0\"").And.Contain("wp-theme\\/astra"));
    }

    private async Task InstallAsync(PackageRepository repository, bool isCi = false)
    {
        ChildResult install = await _project.InstallAsync(repository.Address, isCi);

        Assert.That(install.ExitCode, Is.Zero, install.Output + install.Error);
        Assert.That(_project.Installed, Is.EqualTo(Both), install.Output + install.Error);
    }
}
