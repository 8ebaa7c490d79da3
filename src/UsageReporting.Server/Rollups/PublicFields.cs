namespace UsageReporting.Server.Rollups;

/// <summary>
/// Knows since when the numbers of a field are for everybody. People agreed to a field that the schema then did not publish:
/// what they reported until it did is not published afterwards either.
/// </summary>
internal static class PublicFields
{
    /// <summary>What has to be noted of a product's fields; since when each is published, or null for one that is not.</summary>
    /// <param name="schema">The schema as it is now.</param>
    /// <param name="noted">What was noted before.</param>
    /// <param name="now">Now.</param>
    public static IReadOnlyDictionary<string, DateTimeOffset?> ChangesOf(
        ReportSchema schema, IReadOnlyDictionary<string, DateTimeOffset?> noted, DateTimeOffset now)
    {
        Dictionary<string, DateTimeOffset?> changes = new(StringComparer.Ordinal);
        foreach (UsageField field in schema.Fields)
        {
            bool isNoted = noted.TryGetValue(field.Name, out DateTimeOffset? since);
            DateTimeOffset? right = (isNoted, field.Publish) switch
            {
                (_, false) => null,
                (false, true) => DateTimeOffset.MinValue,
                // A clock may have been ahead.
                (true, true) => since is { } then && then <= now ? then : now,
            };
            if (!isNoted || right != since)
            {
                changes.Add(field.Name, right);
            }
        }

        return changes;
    }
}
