using System.Xml.Linq;
using Microsoft.Playwright;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.BrowserTests;

/// <summary>The dashboard as people see it: on every screen, in the light and in the dark, with and without scripts.</summary>
[RequiresTool(Chromium.Command)]
public sealed class DashboardPagesTests
{
    private const int Wide = 1_440;

    // One page of each kind.
    private static readonly string[] Pages =
    [
        "index.html", "paperless-ngx/index.html", "napari/index.html", "paperless-ngx/about.html", "napari/fields.html", "packages.html",
        "chart/paperless-ngx/year/_active.html", "chart/paperless-ngx/all/_first_seen.html", "chart/paperless-ngx/install_type.html",
        "chart/napari/plugins.html", "chart/printernizer/printer_fleet.printer_count.html", "chart/developer-cli/version,os.html",
    ];

    // And more for whoever looks at the pictures.
    private static readonly string[] OtherPages =
    [
        "paperless-ngx/quarter.html", "paperless-ngx/all.html", "printernizer/index.html", "developer-cli/index.html",
        "chart/paperless-ngx/year/version.html", "chart/paperless-ngx/year/_new.html", "chart/napari/command_usage.html",
    ];

    private static IEnumerable<TestCaseData> PagesAndScreens =>
    [
        .. Pages.Select(page => new TestCaseData(page, 360, ColorScheme.Light)),
        // In the dark, one chart stands for all.
        .. Pages.Where(page => !page.StartsWith("chart/", StringComparison.Ordinal) || page.Contains("install_type", StringComparison.Ordinal))
            .Select(page => new TestCaseData(page, 768, ColorScheme.Dark)),
        .. Pages.Concat(OtherPages).Select(page => new TestCaseData(page, Wide, ColorScheme.Light)),
    ];

    [TestCaseSource(nameof(PagesAndScreens))]
    public async Task Page_OnAScreen_IsCalmAndAccessible(string path, int width, ColorScheme scheme)
    {
        await using BrowserPage browser = await Chromium.OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });

        await browser.GoAsync($"{DemoServer.Address}{path}");

        await browser.KeepAsync($"{path.Replace('/', '-').Replace(".html", "", StringComparison.Ordinal)}-{width}-{scheme}");
        await browser.AssertCalmAsync(DemoServer.Address);
        Assert.That(await browser.Page.Locator("h1").CountAsync(), Is.EqualTo(1));
        if (width < Wide)
        {
            // On a wide screen there is nothing else.
            await browser.AssertAccessibleAsync();
        }
    }

    // Every link of every page, every drawing as XML.
    [Test]
    public async Task Links_FromTheOverviewOn_LeadToWhatIsThere()
    {
        await using BrowserPage browser = await Chromium.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 800 } });
        using HttpClient http = new();
        HashSet<string> found = [$"{DemoServer.Address}index.html"];
        Queue<string> next = new(found);
        int pages = 0;
        while (next.TryDequeue(out string? address))
        {
            if (!address.EndsWith(".html", StringComparison.Ordinal))
            {
                string content = await http.GetStringAsync(address);
                Assert.That(content, Is.Not.Empty, address);
                if (address.EndsWith(".svg", StringComparison.Ordinal))
                {
                    Assert.That(() => XDocument.Parse(content), Throws.Nothing, address);
                }

                continue;
            }

            pages++;
            await browser.GoAsync(address);
            foreach (string link in await browser.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href], link[href]')].map(a => a.href.split('#')[0])"))
            {
                if (DemoServer.Address.IsBaseOf(new Uri(link)) && found.Add(link))
                {
                    next.Enqueue(link);
                }
            }

            await browser.AssertCalmAsync(DemoServer.Address);
        }

        Assert.That(pages, Is.GreaterThan(150));
    }

    [Test]
    public async Task Page_WithoutScripts_HasAllNumbers()
    {
        await using BrowserPage browser = await Chromium.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });

        await browser.GoAsync($"{DemoServer.Address}paperless-ngx/");
        Assert.That(await browser.Page.Locator(".card svg").CountAsync(), Is.GreaterThan(10));
        await browser.Page.Locator("summary").First.ClickAsync();
        Assert.That(await browser.Page.Locator("details table").First.IsVisibleAsync());
        await browser.Page.GetByText("13 weeks").ClickAsync();
        Assert.That(browser.Page.Url, Does.EndWith("paperless-ngx/quarter.html"));
        await browser.GoAsync($"{DemoServer.Address}chart/napari/plugins.html");
        Assert.That(await browser.Page.Locator("table tbody tr").CountAsync(), Is.GreaterThan(5));
        Assert.That(await browser.Page.Locator("input").CountAsync(), Is.Zero, "a search that does nothing");
        await browser.KeepAsync("without-scripts", isWhole: false);
    }

    [Test]
    public async Task Table_Searched_ShowsWhatIsWanted()
    {
        await using BrowserPage browser = await Chromium.OpenAsync();
        await browser.GoAsync($"{DemoServer.Address}chart/napari/plugins.html");
        ILocator rows = browser.Page.Locator("tbody tr:visible");
        int all = await rows.CountAsync();

        await browser.Page.GetByRole(AriaRole.Searchbox).FillAsync("console");

        Assert.That(all, Is.GreaterThan(3));
        Assert.That(await rows.AllInnerTextsAsync(), Has.Count.EqualTo(1).And.All.Contains("napari-console"));
        await browser.AssertCalmAsync(DemoServer.Address);
        await browser.AssertAccessibleAsync();
    }

    [Test]
    public async Task Table_SortedByKeyboard_IsInThatOrder()
    {
        await using BrowserPage browser = await Chromium.OpenAsync();
        await browser.GoAsync($"{DemoServer.Address}packages.html");
        ILocator button = browser.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Last 30 days" });

        await button.FocusAsync();
        await browser.Page.Keyboard.PressAsync("Enter");
        long[] descending = await ColumnAsync(browser.Page);
        await browser.Page.Keyboard.PressAsync("Enter");
        long[] ascending = await ColumnAsync(browser.Page);

        Assert.That(descending, Is.Ordered.Descending.And.Length.GreaterThan(5));
        Assert.That(ascending, Is.Ordered.Ascending);
        Assert.That(await browser.Page.Locator("th[aria-sort=ascending]").InnerTextAsync(), Is.EqualTo("Last 30 days"));
        await browser.AssertAccessibleAsync();
    }

    [Test]
    public async Task Keyboard_FromTheTop_ReachesEverythingInOrder()
    {
        await using BrowserPage browser = await Chromium.OpenAsync();
        await browser.GoAsync($"{DemoServer.Address}paperless-ngx/index.html");

        await browser.Page.Keyboard.PressAsync("Tab");
        Assert.That(await FocusedAsync(browser.Page), Is.EqualTo("Skip to the content"));
        await browser.Page.Keyboard.PressAsync("Enter");
        await browser.ArriveAsync("#main");
        await browser.Page.Keyboard.PressAsync("Tab");
        Assert.That(await FocusedAsync(browser.Page), Is.EqualTo("13 weeks"));
        await browser.Page.Keyboard.PressAsync("Enter");
        await browser.ArriveAsync("/quarter.html");
        ILocator details = browser.Page.Locator("summary").First;
        await details.FocusAsync();
        await browser.Page.Keyboard.PressAsync("Enter");
        Assert.That(await browser.Page.Locator("details[open]").CountAsync(), Is.EqualTo(1));
    }

    [TestCase(ColorScheme.Light), TestCase(ColorScheme.Dark)]
    public async Task Colours_OfSeries_StandOutFromTheGround(ColorScheme scheme)
    {
        await using BrowserPage browser = await Chromium.OpenAsync(new BrowserNewContextOptions { ColorScheme = scheme });
        await browser.GoAsync($"{DemoServer.Address}chart/paperless-ngx/year/version.svg");

        Dictionary<string, double> contrasts = await browser.Page.EvaluateAsync<Dictionary<string, double>>(
            """
            () => {
              const style = getComputedStyle(document.documentElement);
              const light = name => {
                const [r, g, b] = style.getPropertyValue(name).trim().match(/^#(..?)(..?)(..?)$/).slice(1)
                  .map(x => parseInt(x.length === 1 ? x + x : x, 16) / 255).map(x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
                return .2126 * r + .7152 * g + .0722 * b;
              };
              const paper = light("--paper");
              return Object.fromEntries(["--s1", "--s2", "--s3", "--s4", "--s5", "--s6", "--soft", "--ink"].map(name => {
                const [a, b] = [paper, light(name)].sort((x, y) => y - x);
                return [name, (a + .05) / (b + .05)];
              }));
            }
            """);

        Assert.That(contrasts.Values, Has.All.GreaterThanOrEqualTo(3), string.Join(", ", contrasts));
        await browser.AssertCalmAsync(DemoServer.Address);
    }

    private static async Task<long[]> ColumnAsync(IPage page) =>
        [.. (await page.Locator("tbody td:nth-child(3)").AllInnerTextsAsync()).Select(text => long.Parse(text, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture))];

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("document.activeElement.textContent.trim()");
}
