using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>What every page of the operator's has. They are in English: who runs a server reads its log, too.</summary>
internal static class OperatorFrame
{
    /// <summary>What a page may load and do: style sheets and forms of its own server, and nothing else.</summary>
    public const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <param name="title">Its title.</param>
    /// <param name="token">Of its forms; null where nobody is signed in.</param>
    /// <param name="content">What is on it.</param>
    /// <param name="root">The way up to the first page.</param>
    public static Markup Draw(string title, FormToken? token, Markup content, string root = "") => Markup.Of(
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta name="robots" content="noindex">
        <title>{title}</title>
        <link rel="stylesheet" href="{root}dashboard.css">
        <link rel="stylesheet" href="{root}operator.css">
        <link rel="icon" href="{root}icon.svg" type="image/svg+xml">
        </head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>{(token is { } signedIn ? Head(signedIn, root) : Markup.Nothing)}</header>
        <main id="main">
        <h1>{title}</h1>
        {content}</main>
        <footer><p>For whoever runs this server. What is done here is noted.</p></footer>
        </body>
        </html>

        """);

    /// <summary>The address of the first page.</summary>
    /// <param name="root">The way up to it.</param>
    public static string First(string root) => root.Length == 0 ? "./" : root;

    private static Markup Head(FormToken token, string root) => Markup.Of(
        $"""
        <div class="desk">{PageFrame.Way([("The server", First(root)), ("An installation", $"{root}installation")])}
        {token.Form($"{root}sign-out", Markup.Of($"""<button type="submit">Sign out</button>"""))}</div>
        """);
}
