using System.Runtime.InteropServices;

namespace UsageReporting.Server.Rollups;

/// <summary>Counts the installations of one window by one field.</summary>
internal abstract class FieldTally
{
    /// <summary>Counts an installation by what its report says.</summary>
    public abstract void Add(StoredReport report);

    /// <param name="least">Values that fewer installations have are not kept one by one.</param>
    public abstract IEnumerable<FieldRollup> Finish(long least);

    /// <summary>A tally of each field that installations are counted by.</summary>
    public static IEnumerable<FieldTally> OfAll(ReportSchema schema) =>
        schema.Fields.Index().Where(f => BookkeepingFields.IsCounted(f.Item)).Select(f => Of(f.Item, f.Index));

    /// <summary>The tally that fits a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="place">Its place in the schema.</param>
    private static FieldTally Of(UsageField field, int place) => field switch
    {
        CountField => new NumberTally(field.Name, place),
        SetField or CountsField => new WordsTally(field.Name, place),
        VersionsField => new VersionsTally(field.Name, place),
        _ => new ValueTally(field.Name, ValueOf(field, place)),
    };

    /// <summary>By what installations are counted of a field with one value.</summary>
    public static Func<StoredReport, string?> ValueOf(ReportSchema schema, string field)
    {
        (int place, UsageField declared) = schema.Fields.Index().First(f => f.Item.Name == field);
        return ValueOf(declared, place);
    }

    public static void CountOne<TKey>(Dictionary<TKey, long> counts, TKey key)
        where TKey : notnull =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;

    // An instant is one installation's; of a month there are many.
    private static Func<StoredReport, string?> ValueOf(UsageField field, int place) => field switch
    {
        DateField => report => report.Text(place)?[..7],
        _ => report => report.Text(place),
    };

    /// <summary>What is kept of values, and of those that are not how many there are and how many installations have them.</summary>
    protected static FieldRollup Kept(string field, Dictionary<string, long> installs, long least, int most)
    {
        Cell[] kept = [.. MostFirst(installs.Where(i => i.Value >= least).Select(i => new Cell(i.Key, i.Value))).Take(most)];
        return new FieldRollup(
            field, kept, installs.Count - kept.Length, installs.Values.Sum() - kept.Sum(cell => cell.Installs), []);
    }

    /// <summary>The cells in the one order in which they are kept.</summary>
    protected static IEnumerable<Cell> MostFirst(IEnumerable<Cell> cells) =>
        cells.OrderByDescending(cell => cell.Installs).ThenBy(cell => cell.Value, StringComparer.Ordinal);
}
