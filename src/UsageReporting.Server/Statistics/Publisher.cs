using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// The one place where numbers become public. What fewer than ten installations have is not said, nor anything by which it
/// could be computed from the other numbers of its window: each field's values add up to the same total.
/// </summary>
internal static class Publisher
{
    /// <summary>The value that stands for all hidden ones.</summary>
    public const string Other = "other";

    // One hidden value alone would be what is missing to the total.
    private const int LeastFolded = 2;

    public static PublishedWindow Publish(ReportSchema schema, Rollup rollup)
    {
        long? held = NoneOrEnough(rollup.Held);
        long? ephemeral = NoneOrEnough(rollup.Ephemeral);
        if (OrNull(rollup.Installs) is not { } installs)
        {
            return new PublishedWindow(rollup.Window, null, null, held, []) { Ephemeral = ephemeral };
        }

        PublishedField[] fields =
        [
            .. rollup.Fields.Where(field => MayBeShown(schema, field.Field))
                .OrderBy(field => PlaceOf(schema, field.Field))
                .Select(field => Publish(schema.Find(field.Field), field, installs))
                .Where(field => field.Values.Count > 0 || field.Quartiles.Count > 0),
        ];
        return new PublishedWindow(rollup.Window, installs, NewAmong(schema, rollup.Window, fields), held, fields)
        {
            Ephemeral = ephemeral,
        };
    }

    /// <summary>Whether a field of this name is among what is published.</summary>
    public static bool MayBeShown(ReportSchema schema, string field) =>
        field is Rollup.New or Rollup.FirstSeen
        || (schema.Find(field) is { Publish: true } declared && BookkeepingFields.IsCounted(declared));

    private static PublishedField Publish(UsageField? declared, FieldRollup field, long installs) => declared switch
    {
        SetField or CountsField or VersionsField => Words(field, installs),
        CountField => new PublishedField(field.Field, [], [.. field.Quartiles.Where(q => MayBeSaid(q, installs))]),
        _ => new PublishedField(field.Field, [.. InOrder(declared, Folded(field))], []),
    };

    // Each installation stands in one cell, and all cells make the total: what is hidden has to be at least two cells, and
    // ten installations, together.
    private static IEnumerable<Cell> Folded(FieldRollup field)
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

        return installs < ServerLimits.LeastPublished ? shown : shown.Append(new Cell(Other, installs));
    }

    // An installation has any number of words. Those that lack one are a cell as well, which nobody lists but everybody can
    // compute; it is large enough, or nobody is in it.
    private static PublishedField Words(FieldRollup field, long installs)
    {
        Cell? notReported = field.Cells.Where(cell => cell.Value == FieldRollup.NotReported)
            .Where(cell => IsEmptyOrEnough(installs - cell.Installs)).Cast<Cell?>().FirstOrDefault();
        long reported = installs - (notReported?.Installs ?? 0);
        Cell[] words =
        [
            .. field.Cells.Where(cell => cell.Value != FieldRollup.NotReported)
                .Where(cell => IsEmptyOrEnough(reported - cell.Installs)),
        ];
        return new PublishedField(
            field.Field,
            [.. words, .. notReported is { } cell ? new[] { cell } : []],
            [.. field.Quartiles.Where(q => words.Any(word => word.Value == q.Word) && q.Installs >= LeastForQuartiles)]);
    }

    // Ten installations in each quarter; and how many did not report is no secret then either.
    private static bool MayBeSaid(Quartiles quartiles, long installs) =>
        quartiles.Installs >= LeastForQuartiles && IsEmptyOrEnough(installs - quartiles.Installs);

    private static int LeastForQuartiles => 4 * ServerLimits.LeastPublished;

    private static long? NewAmong(ReportSchema schema, UsageWindow window, IEnumerable<PublishedField> fields)
    {
        (string? name, string value) = schema.Header.Identity.Kind != IdentityKind.Stable
            ? (BookkeepingFields.NewFlag(schema), StoredReport.Yes)
            : window.Kind == WindowKind.Week ? (Rollup.New, StoredReport.Yes) : (Rollup.FirstSeen, window.ToString());
        IReadOnlyList<Cell> cells = fields.FirstOrDefault(field => field.Name == name)?.Values ?? [];
        return cells.Where(cell => cell.Value == value).Select(cell => (long?)cell.Installs).FirstOrDefault()
            ?? (cells.Count > 0 && cells.All(cell => cell.Value != Other) ? 0 : null);
    }

    private static IEnumerable<Cell> InOrder(UsageField? declared, IEnumerable<Cell> cells)
    {
        List<string> ranges = declared is BucketField bucket ? [.. bucket.Ranges] : [];
        return cells.OrderBy(cell => cell.Value is Other or FieldRollup.NotReported)
            .ThenBy(cell => ranges.IndexOf(cell.Value))
            .ThenByDescending(cell => cell.Installs)
            .ThenBy(cell => cell.Value, StringComparer.Ordinal);
    }

    // As people saw them when they were asked.
    private static int PlaceOf(ReportSchema schema, string field) =>
        schema.Fields.TakeWhile(declared => declared.Name != field).Count();

    private static bool IsEmptyOrEnough(long installs) => installs is 0 or >= ServerLimits.LeastPublished;

    private static long? NoneOrEnough(long? number) => number is { } known && IsEmptyOrEnough(known) ? known : null;

    private static long? OrNull(long? number) => number >= ServerLimits.LeastPublished ? number : null;
}
