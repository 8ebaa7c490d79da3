namespace UsageReporting.Server.DependencyInjection;

/// <summary>Finds every mistake in what holds for all products.</summary>
internal static class UsageServerOptionsRules
{
    public static IEnumerable<string> MistakesIn(UsageServerOptions options)
    {
        if (options.NewInstallationsOfNetwork < 0)
        {
            yield return "NewInstallationsOfNetwork must not be negative.";
        }

        if (options.ReportsOfNetwork < 1)
        {
            yield return "ReportsOfNetwork must be at least 1, or null for any number.";
        }

        if (options.RequestsOfNetworkPerMinute < 1)
        {
            yield return "RequestsOfNetworkPerMinute must be at least 1, or null for any number.";
        }

        if (options.DrainSeconds < 0 || options.DrainSeconds > ServerLimits.LongestDrain.TotalSeconds)
        {
            yield return $"DrainSeconds must be 0 to {ServerLimits.LongestDrain.TotalSeconds}.";
        }

        if (options.Webhook is { } webhook
            && (!webhook.IsAbsoluteUri || (webhook.Scheme != Uri.UriSchemeHttps && webhook.Scheme != Uri.UriSchemeHttp)))
        {
            yield return "Webhook must be an absolute http or https address.";
        }
    }
}
