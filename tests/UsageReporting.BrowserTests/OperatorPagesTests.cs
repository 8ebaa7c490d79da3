using Microsoft.Playwright;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.TestSupport;

namespace UsageReporting.BrowserTests;

/// <summary>The operator's pages as they are used: by keyboard, on a telephone, in the dark, and with an attacker's page open beside them.</summary>
[RequiresTool(Chromium.Command)]
public sealed class OperatorPagesTests
{
    private const string Id = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";
    private const string Hostile = "\"><img src=x onerror=alert(1)><script>alert(2)</script>";

    private HostileServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await HostileServer.StartAsync("\"><img src=x onerror=alert(1)>", "a");
        await _server.ReportAsync(Id, Hostile);
        _server.Keys.Add("*", UsageKeyScopes.Read, note: Hostile);
    }

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase(360, ColorScheme.Light), TestCase(1_440, ColorScheme.Dark)]
    public async Task Pages_OnAScreen_AreCalmAndAccessible(int width, ColorScheme scheme)
    {
        await using BrowserPage browser = await Chromium.OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
        });
        IPage page = browser.Page;
        await browser.GoAsync($"{_server.Address}operator");
        await LookAsync("sign-in");
        await SignInAsync(browser);
        await LookAsync("state");

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = HostileServer.Product }).ClickAsync();
        await page.GetByLabel("Received from (UTC)").FillAsync("2026-11-16T00:00");
        await page.GetByLabel("until (UTC)", new PageGetByLabelOptions { Exact = true }).FillAsync("2026-11-17T00:00");
        await page.Locator("#field").SelectOptionAsync("text");
        await page.GetByLabel("is or has").FillAsync(Hostile);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Set aside" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Take off" }).First.ClickAsync();
        Assert.That(await page.Locator("li", new PageLocatorOptions { HasText = "text is or has" }).InnerTextAsync(), Does.Contain(Hostile));
        await LookAsync("product");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Who is like no other?" }).ClickAsync();
        await LookAsync("alone");

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "An installation" }).ClickAsync();
        await LookAsync("ask");
        await page.GetByLabel("Id", new PageGetByLabelOptions { Exact = true }).FillAsync(Id);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Look" }).ClickAsync();
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain(Hostile));
        Assert.That(page.Url, Does.Not.Contain(Id));
        await LookAsync("installation");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Erase this installation" }).ClickAsync();
        Assert.That(await page.Locator("pre").InnerTextAsync(), Does.Contain("\"signature\":"));
        await LookAsync("receipt");

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "The server" }).ClickAsync();
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("erased an installation").And.Contain("2026-11-16 00:00 UTC to 2026-11-17 00:00 UTC, by text").And.Not.Contain("text is or has"));
        await LookAsync("state-after");

        async Task LookAsync(string name)
        {
            await browser.KeepAsync($"operator-{name}-{width}-{scheme}");
            Assert.That(await page.Locator("h1").CountAsync(), Is.EqualTo(1));
            await browser.AssertCalmAsync(_server.Address);
            await browser.AssertAccessibleAsync();
        }
    }

    [Test]
    public async Task Keyboard_WithoutScripts_SignsInAndOut()
    {
        await using BrowserPage browser = await Chromium.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        IPage page = browser.Page;
        await browser.GoAsync($"{_server.Address}operator/");
        // The page is loaded a moment before its field has the keyboard.
        await page.Locator("#key:focus").WaitForAsync();
        await page.Keyboard.TypeAsync(HostileServer.OperatorKey);
        await page.Keyboard.PressAsync("Enter");
        await browser.ArriveAsync("/operator/");

        await page.Keyboard.PressAsync("Tab");
        Assert.That(await page.Locator(":focus").InnerTextAsync(), Is.EqualTo("Skip to the content"));
        for (int i = 0; i < 3; i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.That(await page.Locator(":focus").InnerTextAsync(), Is.EqualTo("Sign out"));
        await page.Keyboard.PressAsync("Enter");
        await browser.ArriveAsync("/operator/sign-in");
        await page.GoBackAsync();
        Assert.That(page.Url, Does.EndWith("/operator/sign-in"), "Nothing is left in the browser's memory.");
    }

    // The key is typed, the page is another's: the cookie stays behind, and so does whatever that page wants done.
    [Test]
    public async Task Post_FromAnotherSite_DoesNothing()
    {
        await using BrowserPage browser = await Chromium.OpenAsync();
        IPage page = browser.Page;
        await browser.GoAsync($"{_server.Address}operator/");
        await SignInAsync(browser);

        foreach (string act in new[] { "erase", "hide", "sign-out" })
        {
            await page.GotoAsync("about:blank");
            await page.SetContentAsync($"""
                <form method="post" action="{_server.Address}operator/{act}"><input name="product" value="{HostileServer.Product}">
                <input name="id" value="{Id}"><input name="field" value="text"><button>Win a prize</button></form>
                """);
            await page.GetByRole(AriaRole.Button).ClickAsync();
            await browser.ArriveAsync("/operator/sign-in");
        }

        await browser.GoAsync($"{_server.Address}operator/");
        string text = await page.Locator("main").InnerTextAsync();
        Assert.That(text, Does.Contain("signed in").And.Not.Contain("erased").And.Not.Contain("took").And.Not.Contain("signed out"));
        await browser.AssertCalmAsync(_server.Address);
    }

    [Test]
    public async Task Session_Ended_AsksForTheKeyAgain()
    {
        await using BrowserPage browser = await Chromium.OpenAsync();
        IPage page = browser.Page;
        await browser.GoAsync($"{_server.Address}operator/");
        await SignInAsync(browser);
        _server.Advance(TimeSpan.FromMinutes(31));

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "An installation" }).ClickAsync();

        await browser.ArriveAsync("/operator/sign-in");
        await browser.AssertCalmAsync(_server.Address);
    }

    private static async Task SignInAsync(BrowserPage browser)
    {
        await browser.Page.GetByLabel("Key").FillAsync(HostileServer.OperatorKey);
        await browser.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await browser.ArriveAsync("/operator/");
    }
}
