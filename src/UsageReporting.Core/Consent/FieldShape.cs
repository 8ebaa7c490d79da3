namespace UsageReporting.Core.Consent;

/// <summary>
/// Whether a field says no more than one that was agreed to, and to no more people. Its label, its purpose and whether it is
/// required are no part of that.
/// </summary>
internal static class FieldShape
{
    public static bool IsWithin(UsageField field, UsageField agreed) =>
        (agreed.Publish || !field.Publish) && SaysNoMore(field, agreed);

    private static bool SaysNoMore(UsageField field, UsageField agreed) => (field, agreed) switch
    {
        (FlagField, FlagField) or (DateField, DateField) => true,
        (WordField now, WordField then) => IsWithin(now.Words, then.Words),
        (SetField now, SetField then) => IsWithin(now.Words, then.Words),

        // Fewer bounds make wider ranges. The first is no more than where the lowest begins.
        (BucketField now, BucketField then) => now.Bounds.All(then.Bounds.Contains),
        (CountField now, CountField then) => now.Minimum >= then.Minimum && now.Maximum <= then.Maximum,
        (CountsField now, CountsField then) =>
            IsWithin(now.Words, then.Words) && now.Minimum >= then.Minimum && now.Maximum <= then.Maximum,
        (VersionField now, VersionField then) => IsWithin(now.Parts, then.Parts),
        (VersionsField now, VersionsField then) => IsWithin(now.Words, then.Words) && IsWithin(now.Parts, then.Parts),

        // Which of two patterns takes more cannot be told in general.
        (TextField now, TextField then) => now.Pattern == then.Pattern && now.MaxLength <= then.MaxLength,
        _ => false,
    };

    // What a catalogue holds is not a part of what was agreed to.
    private static bool IsWithin(Vocabulary words, Vocabulary agreed) =>
        words.CatalogueName == agreed.CatalogueName
        && (words.CatalogueName is not null || words.All(word => agreed.Find(word) is not null));

    private static bool IsWithin(int? parts, int? agreed) => agreed is null || parts <= agreed;
}
