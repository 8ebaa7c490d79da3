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
        Cell[] cells =
        [
            .. MostFirst(_installs.Where(i => i.Value >= least).Select(i => new Cell(i.Key, i.Value)))
                .Take(ServerLimits.RollupValues),
        ];
        Quartiles[] quartiles =
            [.. cells.Where(cell => _numbers.ContainsKey(cell.Value)).Select(cell => Quartiles.Of(cell.Value, _numbers[cell.Value]))];
        return [new FieldRollup(field, cells, 0, 0, quartiles)];
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
