using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>What every page has.</summary>
internal static class PageFrame
{
    /// <summary>
    /// What a page may load: files from where it came from. It stands in the page, too, as a folder of files has no headers.
    /// </summary>
    public const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

    /// <param name="place">Where the page lies.</param>
    /// <param name="title">Its title.</param>
    /// <param name="way">The pages above it, from the top.</param>
    /// <param name="content">What is on it.</param>
    /// <param name="foot">What holds for all numbers on it; what does for those of reports, unless it is of others.</param>
    public static Markup Draw(
        Place place, string title, IReadOnlyList<(string Title, string Link)> way, Markup content, string? foot = null) => Markup.Of(
        $"""
        <!doctype html>
        <html lang="{DashboardTexts.Text("Language")}">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>{title}</title>
        <link rel="stylesheet" href="{place.Root}chart.css">
        <link rel="stylesheet" href="{place.Root}dashboard.css">
        <link rel="icon" href="{place.Root}icon.svg" type="image/svg+xml">
        <script src="{place.Root}dashboard.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#main">{DashboardTexts.Text("Skip")}</a>
        <header>{(way.Count == 0 ? Markup.Nothing : Way(way))}</header>
        <main id="main">
        {content}</main>
        <footer><p>{foot ?? DashboardTexts.Text("Foot", ServerLimits.LeastPublished)}</p></footer>
        </body>
        </html>

        """);

    private static Markup Way(IReadOnlyList<(string Title, string Link)> way) => Markup.Of(
        $"""<nav aria-label="{DashboardTexts.Text("Way")}"><ol>{way.Select(step => Markup.Of($"""<li><a href="{step.Link}">{step.Title}</a></li>"""))}</ol></nav>""");

    /// <summary>The first step of every way.</summary>
    public static (string Title, string Link) Top(Place place) => (DashboardTexts.Text("Overview"), $"{place.Root}{Place.Index}");
}
