using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.BrowserTests;

/// <summary>The dashboard as a folder of files: the same pages, from a plain file server and from the disk.</summary>
[RequiresTool(Chromium.Command)]
public sealed class PublishedPagesTests
{
    private TemporaryFolder _folder = null!;
    private WebApplication _files = null!;

    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        _folder = new TemporaryFolder();
        await DemoServer.PublishAsync(_folder.Combine("public"));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _folder.Path });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _files = builder.Build();
        _files.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(_folder.Combine("public")) });
        await _files.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _files.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Files_PublishedFolder_AreWhatTheServerSays()
    {
        using HttpClient http = new() { BaseAddress = DemoServer.Address };
        string[] paths = [.. Directory.EnumerateFiles(_folder.Combine("public"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder.Combine("public"), path))];
        string[] certificates = [.. paths.Where(path => path.StartsWith("certificate/", StringComparison.Ordinal))];
        foreach (string path in paths.Except(certificates).Where(path => path != "published.json"))
        {
            string address = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
            Assert.That(await http.GetByteArrayAsync(address), Is.EqualTo(await File.ReadAllBytesAsync(_folder.Combine("public", path))), path);
        }

        Assert.That(paths, Has.Length.GreaterThan(300));
        // No two signatures are the same.
        UsageCertificate certificate = UsageCertificate.Parse(await File.ReadAllTextAsync(
            _folder.Combine("public", certificates.Single(path => path.EndsWith("/plugins.napari-svg.json", StringComparison.Ordinal)))))!;
        UsageCertificate ofServer = UsageCertificate.Parse(await http.GetStringAsync(
            $"certificate/napari/{certificate.Window}/plugins.napari-svg.json"))!;
        Assert.That((certificate.Installs, certificate.Of), Is.EqualTo((ofServer.Installs, ofServer.Of)));
        Assert.That(certificate.IsSignedBy(ofServer.PublicKey!), Is.True);
    }

    [Test]
    public async Task Pages_FromAPlainFileServer_LookAndWorkTheSame()
    {
        Uri address = new(_files.Urls.Single());
        await using BrowserPage browser = await Chromium.OpenAsync();

        await WalkAsync(browser, address.ToString());

        await browser.AssertCalmAsync(address);
        await browser.AssertAccessibleAsync();
        await browser.KeepAsync("published");
    }

    [Test]
    public async Task Pages_FromTheDisk_LookAndWorkTheSame()
    {
        await using BrowserPage browser = await Chromium.OpenAsync();

        await WalkAsync(browser, new Uri(_folder.Combine("public", "index.html")).ToString());
    }

    private static async Task WalkAsync(BrowserPage browser, string start)
    {
        await browser.GoAsync(start);
        Assert.That(await ColourAsync(browser.Page), Is.Not.EqualTo("rgba(0, 0, 0, 0)"), "the style sheet");
        await browser.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "napari" }).ClickAsync();
        await browser.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Plugins", Exact = true }).ClickAsync();
        Assert.That(await browser.Page.Locator(".wide .chart").IsVisibleAsync());
        Assert.That(await browser.Page.Locator("input[type=search]").CountAsync(), Is.EqualTo(1), "the script");
        await browser.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "napari-svg", Exact = true }).ClickAsync();
        Assert.That(await browser.Page.Locator("h1").InnerTextAsync(), Is.EqualTo("Plugins: napari-svg"));
        await browser.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "52 weeks" }).ClickAsync();
        Assert.That(await browser.Page.Locator(".wide .chart").IsVisibleAsync());
    }

    private static Task<string> ColourAsync(IPage page) =>
        page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
