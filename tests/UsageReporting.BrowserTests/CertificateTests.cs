using System.Text.Json;
using Microsoft.Playwright;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.BrowserTests;

/// <summary>A plugin's certificate: found from the table, looked at, printed, and checked by the built command.</summary>
[RequiresTool(Chromium.Command)]
public sealed class CertificateTests
{
    private TemporaryFolder _folder = null!;
    private HttpClient _http = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _http = new HttpClient { BaseAddress = DemoServer.Address };
    }

    [TearDown]
    public void RemoveFolder()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [TestCase(360, ColorScheme.Light), TestCase(1_440, ColorScheme.Dark)]
    public async Task Certificate_FromTheTable_SaysTheNumberThatStandsThere(int width, ColorScheme scheme)
    {
        await using BrowserPage browser = await Chromium.OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
        });
        await browser.GoAsync($"{DemoServer.Address}chart/napari/plugins.html");
        string number = await browser.Page.Locator("tr", new PageLocatorOptions { Has = browser.Page.GetByRole(AriaRole.Rowheader, new PageGetByRoleOptions { Name = "napari-svg" }) })
            .Locator("td").First.InnerTextAsync();

        await browser.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Certificate of napari-svg" }).ClickAsync();
        await browser.Page.Locator("article.certificate").WaitForAsync();

        Assert.That(await browser.Page.Locator(".number").InnerTextAsync(), Is.EqualTo(number));
        Assert.That(await browser.Page.Locator("h1").InnerTextAsync(), Is.EqualTo("Certificate for napari-svg"));
        await browser.KeepAsync($"certificate-{width}-{scheme}");
        await browser.AssertCalmAsync(DemoServer.Address);
        await browser.AssertAccessibleAsync();
    }

    // On paper there is no dark, nothing to press, and all that is signed.
    [Test]
    public async Task Certificate_Printed_HasAllThatIsSignedInDarkInk()
    {
        await using BrowserPage browser = await Chromium.OpenAsync(new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark });
        await browser.GoAsync($"{DemoServer.Address}{await PathAsync("html")}");

        await browser.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        await browser.KeepAsync("certificate-print");
        Assert.That(await browser.Page.Locator("header").IsVisibleAsync(), Is.False);
        Assert.That(await browser.Page.EvaluateAsync<string>("getComputedStyle(document.body).color"), Is.EqualTo("rgb(27, 31, 36)"));
        Assert.That(await browser.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"), Is.EqualTo("rgb(255, 255, 255)"));
        Assert.That(await browser.Page.Locator("pre").Last.InnerTextAsync(), Does.StartWith("{\"certificate\":{").And.Contain("\"signature\":\""));
        await browser.AssertCalmAsync(DemoServer.Address);
    }

    [Test]
    public async Task Certificate_FewerThanTen_IsAPageThatSaysSo()
    {
        await using BrowserPage browser = await Chromium.OpenAsync();

        IResponse? answer = await browser.Page.GotoAsync($"{DemoServer.Address}{(await PathAsync("html")).Replace("svg", "nobody", StringComparison.Ordinal)}");

        Assert.That(answer?.Status, Is.EqualTo(404));
        Assert.That(await browser.Page.Locator("main").InnerTextAsync(), Does.Contain("No certificate").And.Contain("fewer than 10 installations"));
        await browser.AssertAccessibleAsync();
    }

    [Test]
    public async Task VerifyReceipt_CertificateOfTheServer_IsGenuineUntilAByteIsChanged()
    {
        string json = await _http.GetStringAsync(await PathAsync("json"));
        UsageCertificate certificate = UsageCertificate.Parse(json)!;
        using JsonDocument keys = JsonDocument.Parse(await _http.GetStringAsync("/.well-known/usage-reporting"));
        string key = keys.RootElement.GetProperty("receipts").GetProperty("public_key").GetString()!;
        string says = $"{certificate.Installs} of {certificate.Of} installations of napari that reported in {certificate.Window} had napari-svg (plugins)";

        ChildResult signed = await VerifyAsync(json);
        ChildResult genuine = await VerifyAsync(json, "--key", key);
        ChildResult changed = await VerifyAsync(json.Replace($"\"installs\":{certificate.Installs}", "\"installs\":9999", StringComparison.Ordinal), "--key", key);
        ChildResult asReceipt = await VerifyAsync(json.Replace("\"certificate\"", "\"receipt\"", StringComparison.Ordinal), "--key", key);

        Assert.That(signed.ExitCode, Is.Zero, signed.Error);
        Assert.That(signed.Output, Does.StartWith($"Signed by the key that came with it: {says}. Whose key that is, is not checked"));
        Assert.That((genuine.ExitCode, genuine.Output), Is.EqualTo((0, $"Genuine: {says}.\n")));
        Assert.That((changed.ExitCode, changed.Output), Is.EqualTo((1, $"Not genuine: {says.Replace($"{certificate.Installs} of", "9999 of", StringComparison.Ordinal)}.\n")));
        Assert.That((asReceipt.ExitCode, asReceipt.Output), Is.EqualTo((1, "This is no receipt, and no certificate.\n")));
        // The page's own way to compare the key.
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Convert.FromBase64String(key)));
        Assert.That(await _http.GetStringAsync(await PathAsync("html")), Does.Contain(sha256));
        Assert.That(signed.Output, Does.EndWith($" {sha256}\n"));
    }

    private async Task<string> PathAsync(string ending)
    {
        using JsonDocument summary = JsonDocument.Parse(await _http.GetStringAsync("/napari/summary.json"));
        return $"certificate/napari/{summary.RootElement.GetProperty("fields_window").GetString()}/plugins.napari-svg.{ending}";
    }

    private async Task<ChildResult> VerifyAsync(string json, params string[] options)
    {
        string file = _folder.Combine("certificate.json");
        await File.WriteAllTextAsync(file, json);
        return await ChildProcess.RunAsync(
            "dotnet", [BuiltSample.Dll("AskEachTime"), "usage", "verify-receipt", file, .. options, "--data-directory", _folder.Combine("state")]);
    }
}
