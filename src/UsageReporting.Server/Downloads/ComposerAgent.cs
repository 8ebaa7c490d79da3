namespace UsageReporting.Server.Downloads;

/// <summary>What Composer's user agent tells: <c>Composer/2.5.5 (Linux; 6.1.0; PHP 8.2.7; cURL 7.88.1; CI)</c>.</summary>
internal static class ComposerAgent
{
    /// <summary>Whether it runs on a CI service.</summary>
    public static bool IsAutomatic(ReadOnlySpan<char> userAgent)
    {
        // In the parentheses the parts have no fixed places, as some are there only sometimes.
        userAgent = userAgent[(userAgent.IndexOf('(') + 1)..];
        foreach (Range part in userAgent.SplitAny(';', ')'))
        {
            if (userAgent[part].Trim().SequenceEqual("CI"))
            {
                return true;
            }
        }

        return false;
    }
}
