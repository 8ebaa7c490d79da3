namespace UsageReporting.Core.Collection;

/// <summary>What a report takes along of one document of tallies.</summary>
/// <param name="Document">The document's name.</param>
/// <param name="Id">
/// What it was called inside. It is called something else once a report's tallies were taken from it, so that none is taken
/// twice.
/// </param>
/// <param name="Counts">What the report holds of it.</param>
internal sealed record CarriedTallies(string Document, string Id, TallyCounts Counts)
{
    /// <summary>The part of it that belongs to some fields.</summary>
    public CarriedTallies Of(Func<string, bool> isCarried)
    {
        TallyCounts counts = [];
        foreach ((string field, string word, long number) in Counts.All.Where(tally => isCarried(tally.Field)))
        {
            counts.Add(field, word, number);
        }

        return this with { Counts = counts };
    }
}
