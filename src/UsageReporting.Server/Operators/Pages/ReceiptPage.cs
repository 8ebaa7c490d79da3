using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>The receipt of an erasure, to be copied: the server keeps none.</summary>
internal static class ReceiptPage
{
    /// <param name="token">Of its forms.</param>
    /// <param name="receipt">The receipt with its signature, as JSON.</param>
    public static Markup Draw(FormToken token, string receipt) => OperatorFrame.Draw("Erased", token, Markup.Of(
        $"""
        <p class="lead">Nothing is stored of it any more. This is the receipt, for whoever asked: <code>usage verify-receipt</code> checks it. It is shown once.</p>
        <pre class="receipt" tabindex="0"><code>{receipt}</code></pre>

        """));
}
