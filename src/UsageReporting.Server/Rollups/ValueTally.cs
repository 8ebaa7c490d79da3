namespace UsageReporting.Server.Rollups;

/// <summary>Counts installations by a field with one value; each stands in exactly one cell.</summary>
internal sealed class ValueTally(string field, Func<StoredReport, string?> value) : FieldTally
{
    private readonly Dictionary<string, long> _installs = new(StringComparer.Ordinal);

    public override void Add(StoredReport report) => CountOne(_installs, value(report) ?? FieldRollup.NotReported);

    public override IEnumerable<FieldRollup> Finish(long least) => [Kept(field, _installs, least, ServerLimits.RollupValues)];
}
