using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.BrowserTests;

/// <summary>A page in the browser, which notices whatever a page should not do.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    // The browser tells of them whenever it likes, also while they are looked through.
    private readonly ConcurrentQueue<string> _troubles = new();
    private readonly ConcurrentQueue<string> _requests = new();

    private BrowserPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning" ? $"{message.Type}: {message.Text}" : null);
        page.PageError += (_, error) => Note($"error: {error}");
        page.Dialog += async (_, dialog) =>
        {
            Note($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) => _requests.Enqueue(request.Url);
    }

    public IPage Page { get; }

    public static async Task<BrowserPage> OpenAsync(IBrowser browser, BrowserNewContextOptions options)
    {
        IBrowserContext context = await browser.NewContextAsync(options);
        return new BrowserPage(context, await context.NewPageAsync());
    }

    /// <summary>Goes to an address, which has to be there.</summary>
    public async Task GoAsync(string address)
    {
        IResponse? answer = await Page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        Assert.That(answer is null || answer.Ok || answer.Status == 304, Is.True, address);
    }

    /// <summary>
    /// Waits until a page is there. The browser's own waiting for an address looks at it once and then waits for news of it, and
    /// misses what comes between.
    /// </summary>
    public async Task ArriveAsync(string end)
    {
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex(Regex.Escape(end) + "$"), new PageAssertionsToHaveURLOptions { Timeout = 30_000 });
        await Page.WaitForLoadStateAsync();
    }

    /// <summary>No error, no dialog, no request to anybody else, and nothing that has to be pushed aside to be read.</summary>
    public async Task AssertCalmAsync(Uri host)
    {
        Assert.That(_troubles, Is.Empty, Page.Url);
        Assert.That(_requests.Where(request => !host.IsBaseOf(new Uri(request))), Is.Empty, Page.Url);
        int tooWide = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.That(tooWide, Is.Not.Positive, Page.Url);
    }

    /// <summary>Nothing that axe finds.</summary>
    public async Task AssertAccessibleAsync()
    {
        AxeResult result = await Page.RunAxe();
        Assert.That(
            result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {violation.Nodes[0].Html}"), Is.Empty, Page.Url);
    }

    /// <summary>Keeps what is seen, for whoever wants to look at it.</summary>
    public Task KeepAsync(string name, bool isWhole = true)
    {
        string folder = RepositoryRoot.Combine("artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        return Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = isWhole });
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private void Note(string? trouble)
    {
        if (trouble is not null)
        {
            _troubles.Enqueue(trouble);
        }
    }
}
