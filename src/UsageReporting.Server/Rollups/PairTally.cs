namespace UsageReporting.Server.Rollups;

/// <summary>Counts the installations of one window by the values of two fields together.</summary>
internal sealed class PairTally
{
    private readonly FieldPair _pair;
    private readonly Func<StoredReport, string?> _row;
    private readonly Func<StoredReport, string?> _column;
    private readonly Dictionary<(string Row, string Column), long> _installs = [];

    private PairTally(ReportSchema schema, FieldPair pair)
    {
        _pair = pair;
        _row = FieldTally.ValueOf(schema, pair.Rows);
        _column = FieldTally.ValueOf(schema, pair.Columns);
    }

    /// <summary>A tally of each pair that a schema declares.</summary>
    public static IEnumerable<PairTally> OfAll(ReportSchema schema) => schema.Header.Pairs.Select(pair => new PairTally(schema, pair));

    /// <summary>Counts an installation by what its report says.</summary>
    public void Add(StoredReport report) => FieldTally.CountOne(
        _installs, (_row(report) ?? FieldRollup.NotReported, _column(report) ?? FieldRollup.NotReported));

    /// <summary>What may be told beside what is told of each of the fields: by the values that are told there.</summary>
    /// <param name="fields">The same installations by each field.</param>
    public PairRollup Finish(IReadOnlyList<FieldRollup> fields)
    {
        HashSet<string> rows = Told(fields, _pair.Rows);
        HashSet<string> columns = Told(fields, _pair.Columns);
        PairCell[] cells =
        [
            .. _installs.GroupBy(i => (Row: Or(rows, i.Key.Row), Column: Or(columns, i.Key.Column)), i => i.Value)
                .Select(group => new PairCell(group.Key.Row, group.Key.Column, group.Sum()))
                .OrderBy(cell => cell.Installs)
                .ThenByDescending(cell => cell.Row, StringComparer.Ordinal)
                .ThenByDescending(cell => cell.Column, StringComparer.Ordinal),
        ];
        return new PairRollup(_pair.Name, PairFolding.Of(cells));
    }

    private static HashSet<string> Told(IReadOnlyList<FieldRollup> fields, string name) =>
        [.. Folding.Of(fields.First(field => field.Field == name)).Select(cell => cell.Value)];

    private static string Or(HashSet<string> told, string value) => told.Contains(value) ? value : Folding.Other;
}
