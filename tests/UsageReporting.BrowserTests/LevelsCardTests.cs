using Microsoft.Playwright;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.BrowserTests;

/// <summary>The settings card where people choose how much they report: nothing is agreed to that is not shown.</summary>
[RequiresTool(Chromium.Command)]
public sealed class LevelsCardTests
{
    private LevelsApp _app = null!;
    private BrowserPage _browser = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await LevelsApp.StartAsync();
        _browser = await Chromium.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 800 } });
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _browser.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Test]
    public async Task Levels_ArrowKeysWhileOn_OnlyShowUntilTheButtonIsPressed()
    {
        await _app.Reporter.SetConsentAsync(ConsentChoice.Yes, UsageLevel.Basic);
        await _browser.GoAsync(_app.Card.ToString());
        await _browser.Page.FocusAsync("#level-basic");

        await _browser.Page.Keyboard.PressAsync("ArrowDown");
        await WaitForBytesAsync("second");
        await _browser.Page.Keyboard.PressAsync("ArrowDown");
        await WaitForBytesAsync("third");
        Assert.That(await LevelAsync(), Is.EqualTo(UsageLevel.Basic), "Nothing is agreed to by passing it.");
        await _browser.KeepAsync("card-level");
        await _browser.AssertCalmAsync(_app.Card);
        await _browser.AssertAccessibleAsync();
        await _browser.Page.Keyboard.PressAsync("ArrowUp");
        await _browser.Page.Locator("#bytes:not(:text(\"third\"))").WaitForAsync(Attached);
        await _browser.Page.Keyboard.PressAsync("Tab");
        await _browser.Page.Keyboard.PressAsync("Enter");
        await _browser.Page.Locator("#card[data-level=middle]").WaitForAsync();

        Assert.That(await LevelAsync(), Is.EqualTo(UsageLevel.Middle));
        Assert.That(await _browser.Page.Locator("#use-level").IsVisibleAsync(), Is.False);
        Assert.That(await _browser.Page.Locator("#said").InnerTextAsync(), Is.EqualTo("Done."));
    }

    [Test]
    public async Task Switch_AfterANo_ShowsTheReportOfTheChosenLevelBeforeItCanBePressed()
    {
        await _app.Reporter.SetConsentAsync(ConsentChoice.No);
        await _browser.GoAsync(_app.Card.ToString());
        Assert.That(await BytesAsync(), Does.Contain("third"));
        TaskCompletionSource late = new();
        _app.Before = request => request.Query["level"] == "basic" ? late.Task : Task.CompletedTask;

        await _browser.Page.CheckAsync("#level-basic");
        Assert.That(await _browser.Page.IsDisabledAsync("#on"), Is.True, "It is not shown yet.");
        late.SetResult();
        await _browser.Page.Locator("#on:enabled").WaitForAsync();
        Assert.That(await BytesAsync(), Does.Contain("first").And.Not.Contain("second"));
        await _browser.Page.CheckAsync("#on");
        await _browser.Page.Locator("#card[data-state=on]").WaitForAsync();

        Assert.That(await LevelAsync(), Is.EqualTo(UsageLevel.Basic));
    }

    // Answers that come in another order than their questions.
    [Test]
    public async Task Levels_EarlierAnswerComesLater_TheLaterChoiceIsShown()
    {
        await _browser.GoAsync(_app.Card.ToString());
        TaskCompletionSource late = new();
        _app.Before = request => request.Query["level"] == "basic" ? late.Task : Task.CompletedTask;
        Task<IResponse> basic = _browser.Page.WaitForResponseAsync(answer => answer.Url.EndsWith("preview?level=basic", StringComparison.Ordinal));

        await _browser.Page.CheckAsync("#level-basic");
        await _browser.Page.CheckAsync("#level-middle");
        await _browser.Page.Locator("#on:enabled").WaitForAsync();
        late.SetResult();
        await (await basic).FinishedAsync();

        Assert.That(await BytesAsync(), Does.Contain("second").And.Not.Contain("third"));
    }

    [Test]
    public async Task Levels_NoAnswer_SaysSoAndNothingCanBeAgreedTo()
    {
        await _browser.GoAsync(_app.Card.ToString());
        _app.Before = request =>
        {
            request.HttpContext.Abort();
            return Task.CompletedTask;
        };

        await _browser.Page.CheckAsync("#level-basic");
        await _browser.Page.Locator("#said", new PageLocatorOptions { HasText = "did not answer" }).WaitForAsync();

        Assert.That(await _browser.Page.IsDisabledAsync("#on"), Is.True);
    }

    private static LocatorWaitForOptions Attached => new() { State = WaitForSelectorState.Attached };

    // They are folded away, and there all the same.
    private Task WaitForBytesAsync(string field) =>
        _browser.Page.Locator("#bytes", new PageLocatorOptions { HasText = field }).WaitForAsync(Attached);

    private async Task<string> BytesAsync() => await _browser.Page.Locator("#bytes").TextContentAsync() ?? "";

    private async Task<UsageLevel> LevelAsync() => (await _app.Reporter.GetStatusAsync()).Decision.Level;
}
