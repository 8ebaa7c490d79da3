using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Sql;

/// <summary>The numbers of one window as rows of tables, the values in the order of the columns.</summary>
internal static class RollupRows
{
    /// <summary>The tables, each of which begins with product, interval and window.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["rollups", "rollup_fields", "rollup_values", "rollup_quartiles", "rollup_pairs"];

    /// <summary>What the rows of one window begin with.</summary>
    public static string[] Key(Product product, UsageWindow window) => [product.Name, SqlNames.Interval(window.Kind), window.ToString()];

    public static IEnumerable<(string Table, object?[] Values)> Of(
        Product product, Rollup rollup, ReportChanges changes, DateTimeOffset now)
    {
        string[] key = Key(product, rollup.Window);
        yield return ("rollups", [.. key, rollup.Installs, rollup.Held, changes.Came, DateField.Write(now), changes.Went, rollup.Ephemeral]);
        foreach (FieldRollup field in rollup.Fields)
        {
            object[] ofField = [.. key, field.Field];
            yield return ("rollup_fields", [.. ofField, field.SmallValues, field.SmallInstalls]);
            foreach (Cell cell in field.Cells)
            {
                yield return ("rollup_values", [.. ofField, cell.Value, cell.Installs]);
            }

            foreach (Quartiles of in field.Quartiles)
            {
                yield return ("rollup_quartiles", [.. ofField, of.Word, of.Installs, of.Lower, of.Median, of.Upper]);
            }
        }

        foreach (PairRollup pair in rollup.Pairs)
        {
            foreach (PairCell cell in pair.Cells)
            {
                yield return ("rollup_pairs", [.. key, pair.Name, cell.Row, cell.Column, cell.Installs]);
            }
        }
    }
}
