using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>Asks for the key.</summary>
internal static class SignInPage
{
    /// <param name="token">Of its form.</param>
    /// <param name="trouble">Why nobody was let in; null where nobody has tried.</param>
    public static Markup Draw(FormToken token, string? trouble) => OperatorFrame.Draw("Operator", null, Markup.Of(
        $"""
        <p class="lead">These pages open with a key of all products that has the scope admin, such as the server's AdminKey.</p>
        {(trouble is null ? Markup.Nothing : Markup.Of($"""<p class="warning" role="alert">{trouble}</p>"""))}
        {token.Form("sign-in", Markup.Of(
            $"""
            <p class="field"><label for="key">Key</label><input id="key" name="key" type="password" required autofocus spellcheck="false"></p>
            <p><button type="submit">Sign in</button></p>
            """))}
        <p class="note">The session ends with the button, after half an hour in which nothing is done, after eight hours, and with the key.</p>

        """));
}
