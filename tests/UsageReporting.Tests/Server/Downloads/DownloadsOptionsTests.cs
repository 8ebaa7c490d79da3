using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moq;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Downloads;

public sealed class DownloadsOptionsTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Defaults_AreWhatTheySay()
    {
        DownloadsOptions options = new();

        Assert.That((options.Packages.Count, options.WindowSeconds, options.RollUpInBackground), Is.EqualTo((0, 3_600, true)));
    }

    [Test]
    public void StartAsync_EverythingWrong_NamesAllMistakes() =>
        Assert.That(
            MistakesOf(options =>
            {
                options.Packages.Add("wp-plugin/*");
                options.Packages.Add("WP/a");
                options.Packages.Add("wp-*/a");
                options.WindowSeconds = 0;
            }),
            Is.EqualTo(new[]
            {
                "Downloads: \"WP/a\" is no package. Write vendor/name in lower case; * stands for any vendor or any name.",
                "Downloads: \"wp-*/a\" is no package. Write vendor/name in lower case; * stands for any vendor or any name.",
                "Downloads: WindowSeconds is 0, and not from 1 to 86400.",
            }));

    [Test]
    public void StartAsync_NothingCounts_SaysSo() =>
        Assert.That(
            MistakesOf(_ => { }),
            Is.EqualTo(new[] { "Downloads: no package counts. Name some in Packages, or add an IPackageCatalog to the services." }));

    [Test]
    public async Task StartAsync_OwnCatalogueAndNoProduct_Starts()
    {
        using IHost host = HostWith(null, Mock.Of<IPackageCatalog>(catalog => catalog.Counts("a/b")));
        await host.StartAsync();
        PackageCounters counters = host.Services.GetRequiredService<PackageCounters>();

        Assert.That((await counters.FindAsync("a/b"))?.Installs.Total, Is.Zero);
        Assert.That(await counters.FindAsync("a/c"), Is.Null);
        await host.StopAsync();
    }

    [Test]
    public void MapPackages_WithoutAddDownloads_SaysWhatIsMissing()
    {
        using WebApplication app = WebApplication.CreateSlimBuilder().Build();

        Assert.That(() => app.MapPackages(), Throws.InvalidOperationException.With.Message.Contains("AddDownloads()"));
        Assert.That(() => app.MapPackageDownloads(), Throws.InvalidOperationException.With.Message.Contains("AddDownloads()"));
    }

    private IEnumerable<string> MistakesOf(Action<DownloadsOptions> configure)
    {
        using IHost host = HostWith(configure, null);
        return Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())!.Failures;
    }

    private IHost HostWith(Action<DownloadsOptions>? configure, IPackageCatalog? catalog)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddUsageReportingServer().UseSqlite(_folder.Combine("usage.db")).AddDownloads(configure);
        if (catalog is not null)
        {
            builder.Services.AddSingleton(catalog);
        }

        return builder.Build();
    }
}
