using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>Says that something was not done, and why.</summary>
internal static class MessagePage
{
    /// <param name="text">What there is to say.</param>
    /// <param name="root">The way up to the first page.</param>
    public static Markup Draw(string text, string root) => OperatorFrame.Draw("Nothing was done", null, Markup.Of(
        $"""
        <p class="lead" role="alert">{text}</p>
        <p><a href="{OperatorFrame.First(root)}">To the first page</a></p>

        """), root);
}
