namespace UsageReporting.Server.Rollups;

/// <summary>Counts installations by a field with one value; each stands in exactly one cell.</summary>
internal sealed class ValueTally(string field, Func<StoredReport, string?> value) : FieldTally
{
    private readonly Dictionary<string, long> _installs = new(StringComparer.Ordinal);

    public override void Add(StoredReport report) => CountOne(_installs, value(report) ?? FieldRollup.NotReported);

    public override FieldRollup Finish(long least)
    {
        Cell[] kept =
        [
            .. MostFirst(_installs.Where(i => i.Value >= least).Select(i => new Cell(i.Key, i.Value)))
                .Take(ServerLimits.RollupValues),
        ];
        return new FieldRollup(
            field, kept, _installs.Count - kept.Length, _installs.Values.Sum() - kept.Sum(cell => cell.Installs), []);
    }
}
