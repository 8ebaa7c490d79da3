using System.Runtime.InteropServices;

namespace UsageReporting.Server.Rollups;

/// <summary>Counts the installations of one window by one field.</summary>
internal abstract class FieldTally
{
    /// <summary>Counts an installation by what its report says.</summary>
    public abstract void Add(StoredReport report);

    /// <param name="least">Values that fewer installations have are not kept one by one.</param>
    public abstract FieldRollup Finish(long least);

    /// <summary>A tally of each field that installations are counted by.</summary>
    public static IEnumerable<FieldTally> OfAll(ReportSchema schema) =>
        schema.Fields.Index().Where(f => BookkeepingFields.IsCounted(f.Item)).Select(f => Of(f.Item, f.Index));

    /// <summary>The tally that fits a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="place">Its place in the schema.</param>
    private static FieldTally Of(UsageField field, int place) => field switch
    {
        CountField => new NumberTally(field.Name, place),
        SetField or CountsField or VersionsField => new WordsTally(field.Name, place),
        // An instant is one installation's; of a month there are many.
        DateField => new ValueTally(field.Name, report => report.Text(place)?[..7]),
        _ => new ValueTally(field.Name, report => report.Text(place)),
    };

    /// <summary>The cells in the one order in which they are kept.</summary>
    protected static IEnumerable<Cell> MostFirst(IEnumerable<Cell> cells) =>
        cells.OrderByDescending(cell => cell.Installs).ThenBy(cell => cell.Value, StringComparer.Ordinal);

    protected static void CountOne<TKey>(Dictionary<TKey, long> counts, TKey key)
        where TKey : notnull =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
}
