namespace UsageReporting.Server.Rollups;

/// <summary>Counts installations by each word of a field with several values; one installation may have several.</summary>
internal sealed class WordsTally(string field, int place) : FieldTally
{
    private readonly Dictionary<string, long> _installs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<long, long>> _numbers = new(StringComparer.Ordinal);

    public override void Add(StoredReport report)
    {
        bool isReported = false;
        foreach (StoredEntry entry in report.Entries)
        {
            if (entry.Field == place)
            {
                isReported = true;
                Add(entry);
            }
        }

        if (!isReported)
        {
            CountOne(_installs, FieldRollup.NotReported);
        }
    }

    public override IEnumerable<FieldRollup> Finish(long least)
    {
        FieldRollup kept = Kept(field, _installs, least, ServerLimits.RollupValues);
        Quartiles[] quartiles =
        [
            .. kept.Cells.Where(cell => _numbers.ContainsKey(cell.Value))
                .Select(cell => Quartiles.Of(cell.Value, _numbers[cell.Value])),
        ];
        // An installation has any number of words: what is left of them adds up to nothing.
        return [kept with { SmallValues = 0, SmallInstalls = 0, Quartiles = quartiles }];
    }

    private void Add(StoredEntry entry)
    {
        CountOne(_installs, entry.Word);
        if (entry.Number is { } number)
        {
            if (!_numbers.TryGetValue(entry.Word, out Dictionary<long, long>? numbers))
            {
                _numbers.Add(entry.Word, numbers = []);
            }

            CountOne(numbers, number);
        }
    }
}
