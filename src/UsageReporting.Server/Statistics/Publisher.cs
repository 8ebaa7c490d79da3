using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// The one place where numbers become public. What fewer than ten installations have is not said, nor anything by which it
/// could be computed from the other numbers of its window: each field's values add up to the same total.
/// </summary>
internal static class Publisher
{
    public static PublishedWindow Publish(ReportSchema schema, Rollup rollup)
    {
        long? held = NoneOrEnough(rollup.Held);
        long? ephemeral = NoneOrEnough(rollup.Ephemeral);
        if (OrNull(rollup.Installs) is not { } installs)
        {
            return new PublishedWindow(rollup.Window, null, null, held, []) { Ephemeral = ephemeral };
        }

        ILookup<string, FieldRollup> rollups = rollup.Fields
            .Where(field => field.WasPublic && MayBeShown(schema, field.Field)).ToLookup(field => FieldRollup.FieldOf(field.Field));
        PublishedField[] fields =
        [
            .. rollups.OrderBy(field => PlaceOf(schema, field.Key))
                .SelectMany(field => Publish(schema.Find(field.Key), [.. field], installs))
                .Where(field => field.Values.Count > 0 || field.Quartiles.Count > 0),
        ];
        return new PublishedWindow(rollup.Window, installs, NewAmong(schema, rollup.Window, fields), held, fields)
        {
            Ephemeral = ephemeral,
            Pairs = [.. rollup.Pairs.Where(pair => pair.WasPublic && FindPair(schema, pair.Name) is not null)],
        };
    }

    /// <summary>Whether numbers of this name are among what is published: a field's, a word's versions' or a pair's.</summary>
    public static bool MayBeShown(ReportSchema schema, string name) =>
        name is Rollup.New or Rollup.FirstSeen
            ? schema.Header.Identity.Kind == IdentityKind.Stable
            : FindPair(schema, name) is not null
                || (schema.Find(FieldRollup.FieldOf(name)) is { Publish: true } field
                    && BookkeepingFields.IsCounted(field)
                    && (field.Name == name
                        || (field is VersionsField versions && versions.Words.Find(name.AsSpan(field.Name.Length + 1)) is not null)));

    /// <summary>The pair of a name, where the schema declares it.</summary>
    public static FieldPair? FindPair(ReportSchema schema, string name) => schema.Header.Pairs.FirstOrDefault(pair => pair.Name == name);

    // The versions of a word are told where the word is: they add up to those that have it.
    private static IEnumerable<PublishedField> Publish(UsageField? declared, FieldRollup[] rollups, long installs)
    {
        PublishedField field = Publish(declared, rollups.First(rollup => rollup.Field == FieldRollup.FieldOf(rollup.Field)), installs);
        return rollups.Where(rollup => field.Values.Any(word => FieldRollup.NameOf(field.Name, word.Value) == rollup.Field))
            .Select(rollup => new PublishedField(rollup.Field, [.. InOrder(null, Folding.Of(rollup))], []))
            .Prepend(field);
    }

    private static PublishedField Publish(UsageField? declared, FieldRollup field, long installs) => declared switch
    {
        SetField or CountsField or VersionsField => Words(field, installs),
        CountField => new PublishedField(field.Field, [], [.. field.Quartiles.Where(q => MayBeSaid(q, installs))]),
        _ => new PublishedField(field.Field, [.. InOrder(declared, Folding.Of(field))], []),
    };

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
            ?? (cells.Count > 0 && cells.All(cell => cell.Value != Folding.Other) ? 0 : null);
    }

    private static IEnumerable<Cell> InOrder(UsageField? declared, IEnumerable<Cell> cells)
    {
        List<string> ranges = declared is BucketField bucket ? [.. bucket.Ranges] : [];
        return cells.OrderBy(cell => cell.Value is Folding.Other or FieldRollup.NotReported)
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
