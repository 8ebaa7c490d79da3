namespace UsageReporting.Server.Rollups;

/// <summary>
/// Folds the values that few have. Each installation stands in one cell, and all cells make the total: what is hidden has to
/// be at least two values, and ten installations, together.
/// </summary>
internal static class Folding
{
    /// <summary>The value that stands for all hidden ones.</summary>
    public const string Other = "other";

    // One hidden value alone would be what is missing to the total.
    private const int LeastFolded = 2;

    /// <summary>What may be told of a field with one value.</summary>
    public static IReadOnlyList<Cell> Of(FieldRollup field)
    {
        long values = field.SmallValues;
        long installs = field.SmallInstalls;
        List<Cell> shown = [.. field.Cells];
        while (values > 0 && shown.Count > 0
            && (values < LeastFolded || installs < ServerLimits.LeastPublished || shown.Exists(cell => cell.Value == Other)))
        {
            // A value that is called so itself cannot stand beside the others'.
            Cell next = shown.OrderByDescending(cell => cell.Value == Other).ThenBy(cell => cell.Installs)
                .ThenBy(cell => cell.Value, StringComparer.Ordinal).First();
            shown.Remove(next);
            values++;
            installs += next.Installs;
        }

        return installs < ServerLimits.LeastPublished ? shown : [.. shown, new Cell(Other, installs)];
    }
}
