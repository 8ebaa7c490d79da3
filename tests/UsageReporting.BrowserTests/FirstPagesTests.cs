using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.BrowserTests;

/// <summary>What is seen before there is a number, and where one is missing.</summary>
[RequiresTool(Chromium.Command)]
public sealed class FirstPagesTests
{
    private HostileServer _server = null!;
    private BrowserPage _browser = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await HostileServer.StartAsync("Label", "a");
        _browser = await Chromium.OpenAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _browser.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Page_NoReport_WaitsAndShowsHowToSendOne()
    {
        await LookAsync("empty", "Waiting for the first report", "2026-11-23 00:00 UTC", "AddUsageReporting(\"hostile\")", "hostile usage send");
        Assert.That(await _browser.Page.Locator(".indicators").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Page_ReportInTheOpenWeek_SaysWhenNumbersCome()
    {
        await _server.ReportAsync(["x"], ["a"]);

        await LookAsync("soon", "The first numbers are on their way", "2026-11-23 00:00 UTC");
    }

    [Test]
    public async Task Page_FewReports_SaysWhyNothingIsShown()
    {
        await _server.ReportAsync(["x"], ["a"], installations: 9);
        await _server.CloseWeekAsync();

        await LookAsync("few", "Fewer than 10 installations reported", "2026-W47");
        Assert.That(await _browser.Page.Locator("main").InnerTextAsync(), Does.Not.Match(@"\b9\b"));
    }

    [Test]
    public async Task Page_NumbersNotMade_SaysThatTheyAreLate()
    {
        await _server.ReportAsync(["x"], ["a"]);
        await _server.CloseWeekAsync();
        await _server.GoOnWithoutCountingAsync();

        await LookAsync("late", "The numbers are late", "2026-W48");
        Assert.That(await _browser.Page.Locator(".card svg").CountAsync(), Is.Positive);
    }

    private async Task LookAsync(string name, params string[] texts)
    {
        await _browser.GoAsync($"{_server.Address}hostile/");
        string text = await _browser.Page.Locator("main").InnerTextAsync();
        foreach (string expected in texts)
        {
            Assert.That(text, Does.Contain(expected));
        }

        await _browser.KeepAsync(name);
        await _browser.AssertCalmAsync(_server.Address);
        await _browser.AssertAccessibleAsync();
        await _browser.GoAsync(_server.Address.ToString());
        await _browser.AssertAccessibleAsync();
    }
}
