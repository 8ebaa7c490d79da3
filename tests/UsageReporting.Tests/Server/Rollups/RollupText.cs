using UsageReporting.Server.Rollups;

namespace UsageReporting.Tests.Server.Rollups;

/// <summary>The numbers of a window in a line.</summary>
internal static class RollupText
{
    public static string Of(Rollup rollup) =>
        $"{rollup.Window} {rollup.Installs} held {rollup.Held}{(rollup.Ephemeral > 0 ? $" + {rollup.Ephemeral}" : "")}: "
        + string.Join("; ", rollup.Fields.OrderBy(f => f.Field, StringComparer.Ordinal).Select(Of))
        + string.Concat(rollup.Pairs.Where(pair => pair.Cells.Count > 0).Select(pair => $" | {pair.Name}: {string.Join(", ", pair.Cells.Select(
            cell => $"{cell.Row} {cell.Column} {cell.Installs}"))}"));

    private static string Of(FieldRollup field) =>
        $"{field.Field}[{string.Join(", ", field.Cells.Select(c => $"{c.Value} {c.Installs}"))}]"
        + (field.SmallValues > 0 ? $"{field.SmallInstalls} in {field.SmallValues}" : "")
        + string.Join(", ", field.Quartiles.Select(
            q => $"{q.Word} quartiles {q.Lower} {q.Median} {q.Upper} of {q.Installs}".TrimStart()));
}
