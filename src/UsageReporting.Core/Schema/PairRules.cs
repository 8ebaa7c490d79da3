namespace UsageReporting.Core.Schema;

/// <summary>What pairs of fields must be like.</summary>
internal static class PairRules
{
    public static IEnumerable<string> MistakesIn(IReadOnlyList<FieldPair> pairs, IReadOnlyList<UsageField> fields)
    {
        foreach (string name in pairs.SelectMany(pair => new[] { pair.Rows, pair.Columns }).Distinct(StringComparer.Ordinal))
        {
            if (Mistake(name, fields.FirstOrDefault(field => field.Name == name)) is { } mistake)
            {
                yield return $"pairs: \"{name}\" {mistake}.";
            }
        }

        // Of two tables with a field in common either could tell what the other hides.
        foreach (IGrouping<string, string> same in pairs.SelectMany(pair => new[] { pair.Rows, pair.Columns })
            .GroupBy(name => name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return $"pairs: \"{same.Key}\" stands in more than one place.";
        }
    }

    private static string? Mistake(string name, UsageField? field) => field switch
    {
        null => "is not a field",
        _ when ReservedFields.IsReserved(name) => "says how a report is counted, and is shown with nothing",
        CountField or SetField or CountsField or VersionsField => "has no single value that many could share",
        { Publish: false } => "is not published",
        _ => null,
    };
}
