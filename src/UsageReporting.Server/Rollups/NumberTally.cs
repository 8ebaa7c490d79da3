namespace UsageReporting.Server.Rollups;

/// <summary>Counts installations by a count: the numbers are too many to be values.</summary>
internal sealed class NumberTally(string field, int place) : FieldTally
{
    private readonly Dictionary<long, long> _numbers = [];
    private long _notReported;

    public override void Add(StoredReport report)
    {
        if (report.Number(place) is { } number)
        {
            CountOne(_numbers, number);
        }
        else
        {
            _notReported++;
        }
    }

    public override IEnumerable<FieldRollup> Finish(long least) =>
    [
        new FieldRollup(
            field,
            _notReported >= least ? [new Cell(FieldRollup.NotReported, _notReported)] : [],
            0,
            0,
            _numbers.Values.Sum() >= least && _numbers.Count > 0 ? [Quartiles.Of("", _numbers)] : []),
    ];
}
