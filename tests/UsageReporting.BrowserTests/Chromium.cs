using Microsoft.Playwright;

namespace UsageReporting.BrowserTests;

/// <summary>One browser for all tests, Debian's.</summary>
internal static class Chromium
{
    public const string Command = "chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    private static readonly SemaphoreSlim Starting = new(1);
    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    /// <summary>A window of its own, with nothing of others in it.</summary>
    public static async Task<BrowserPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        await Starting.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            _browser ??= await _playwright.Chromium.LaunchAsync(
                new BrowserTypeLaunchOptions { ExecutablePath = $"/usr/bin/{Command}", Args = Arguments });
        }
        finally
        {
            Starting.Release();
        }

        return await BrowserPage.OpenAsync(_browser, options ?? new BrowserNewContextOptions());
    }

    public static async Task CloseAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}
