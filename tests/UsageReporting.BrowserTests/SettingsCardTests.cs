using Microsoft.Playwright;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.BrowserTests;

/// <summary>The settings card of the built ScheduledWebApp, as a person finds it from the application's page.</summary>
[RequiresTool(Chromium.Command)]
public sealed class SettingsCardTests
{
    private TemporaryFolder _folder = null!;
    private string[] _settings = null!;
    private RunningScheduledWebApp _app = null!;
    private BrowserPage _browser = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _settings = [$"--DataDirectory={_folder.Combine("state")}", $"--Endpoint={DemoServer.Address}submit", "--SimulateEverySeconds=3600"];
        _app = await RunningScheduledWebApp.StartAsync(_settings);
        _browser = await Chromium.OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 360, Height = 800 },
            ColorScheme = ColorScheme.Dark,
        });
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _browser.DisposeAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Switch_ByKeyboard_SwitchesOnAndOffAndKeepsTheFocus()
    {
        await OpenAsync();
        Assert.That(await StateAsync(), Does.StartWith("Not decided: "));
        await _browser.Page.FocusAsync("#on");

        await _browser.Page.Keyboard.PressAsync("Space");
        await WaitForAsync("on");
        Assert.That(await StateAsync(), Does.StartWith("On: you said yes on "));
        await LookAsync("card-on");
        await _browser.Page.Keyboard.PressAsync("Space");
        await WaitForAsync("off");
        Assert.That(await StateAsync(), Does.StartWith("Off: you said no on "));
        Assert.That(await _browser.Page.EvaluateAsync<string>("document.activeElement.id"), Is.EqualTo("on"));
        Assert.That(await _browser.Page.Locator("#preview").InnerTextAsync(), Does.Contain("Printers by type"), "Also after a no.");
        Assert.That(await _browser.Page.Locator("#bytes").TextContentAsync(), Does.Contain("\"schema_version\":\"1.0\""));
        await _browser.Page.Keyboard.PressAsync("Space");
        await WaitForAsync("on");

        ChildResult status = await RunningScheduledWebApp.RunAsync(_settings, "status");
        Assert.That(status.Output, Does.Contain("you said yes on "));
    }

    [Test]
    public async Task Erase_SomethingWasSent_ItIsErasedAndSaidSo()
    {
        await OpenAsync();
        await _browser.Page.ClickAsync("#on");
        await WaitForAsync("on");
        Assert.That(await _browser.Page.Locator("#erase").CountAsync(), Is.Zero);
        ChildResult sent = await RunningScheduledWebApp.RunAsync(_settings, "send", "--yes");
        Assert.That(sent.Output, Does.EndWith("Report sent. Thank you.\n"), sent.Error);
        await _browser.Page.ReloadAsync();

        await _browser.Page.ClickAsync("#erase");
        await _browser.Page.Locator("#said", new PageLocatorOptions { HasText = "Done." }).WaitForAsync();

        Assert.That(await _browser.Page.Locator("#erase").CountAsync(), Is.Zero);
        Assert.That(await StateAsync(), Does.StartWith("On: "));
        ChildResult receipt = await RunningScheduledWebApp.RunAsync(_settings, "verify-receipt");
        Assert.That(receipt.Output, Does.Contain("printernizer"), receipt.Error);
    }

    [Test]
    public async Task Delete_Pressed_SaysThatItIsDone()
    {
        await OpenAsync();

        await _browser.Page.ClickAsync("#delete");

        await _browser.Page.Locator("#said", new PageLocatorOptions { HasText = "Done." }).WaitForAsync();
    }

    [Test]
    public async Task Card_WithoutScripts_ShowsHowThingsStandAndNoButtonThatDoesNothing()
    {
        await using BrowserPage plain = await Chromium.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });

        await plain.GoAsync($"{_app.Http.BaseAddress}api/v1/usage-stats/card");

        Assert.That(await plain.Page.Locator("#preview").InnerTextAsync(), Does.Contain("Printers by type"));
        Assert.That(await plain.Page.Locator("#delete").IsVisibleAsync(), Is.False);
        Assert.That(await plain.Page.Locator("noscript").InnerTextAsync(), Does.Contain("Without scripts"));
    }

    private async Task OpenAsync()
    {
        await _browser.GoAsync(_app.Http.BaseAddress!.ToString());
        await _browser.Page.ClickAsync("#reporting a");
        await LookAsync("card-ask");
    }

    private async Task LookAsync(string name)
    {
        await _browser.KeepAsync(name);
        await _browser.AssertCalmAsync(_app.Http.BaseAddress!);
        await _browser.AssertAccessibleAsync();
    }

    private async Task WaitForAsync(string state) => await _browser.Page.Locator($"#card[data-state={state}]").WaitForAsync();

    private Task<string> StateAsync() => _browser.Page.Locator("#state").InnerTextAsync();
}
