using System.Globalization;

namespace UsageReporting.CommandLine;

/// <summary>The entry of one field in the data dictionary.</summary>
/// <param name="Name">The field's name on the wire.</param>
/// <param name="Label">What a person calls it.</param>
/// <param name="Need">Whether a report needs it, and from which level on.</param>
/// <param name="Purpose">Why it is asked for.</param>
/// <param name="Values">What it may be.</param>
internal sealed record FieldExplanation(string Name, string Label, string Need, string Purpose, string Values)
{
    /// <summary>Three lines for a terminal.</summary>
    public string Text => $"{Label} ({Name}, {Need})\n  {Purpose}\n  {Values}";

    public static IEnumerable<FieldExplanation> Of(ReportSchema schema, UsageTexts texts) =>
    [
        .. OfTheId(schema, texts),
        .. schema.Fields.Select(field => Of(field, texts)),
    ];

    private static IEnumerable<FieldExplanation> OfTheId(ReportSchema schema, UsageTexts texts)
    {
        if (schema.Header.Identity is not { Kind: not IdentityKind.None } identity)
        {
            return [];
        }

        string values = (identity.Kind, identity.Rotates) switch
        {
            (IdentityKind.Stable, _) => "ExplainId",
            (_, RotationPeriod.Week) => "ExplainIdWeek",
            _ => "ExplainIdMonth",
        };
        return
        [
            new FieldExplanation(
                identity.Name,
                texts.Label(identity),
                texts.Get(schema.AllowsNoId ? "ExplainOptional" : "ExplainRequired"),
                texts.Purpose(identity),
                texts.Get(values, texts.Kind(identity.Kind))),
        ];
    }

    private static FieldExplanation Of(UsageField field, UsageTexts texts)
    {
        string need = texts.Get(field.Required ? "ExplainRequired" : "ExplainOptional");
        string values = ValuesOf(field, texts);
        return new FieldExplanation(
            field.Name,
            LabelOf(field, texts),
            field.Level == UsageLevel.Basic ? need : texts.Get("ExplainLevel", need, Lower(field.Level)),
            texts.Purpose(field),
            field.Publish ? values : texts.Get("ExplainNotPublished", values));
    }

    // The label of a detail follows another value, as in "(built 2026-05-18T12:00:00Z)"; here it stands alone. Others
    // are spelt as they are declared, also where they are a name that begins with a small letter.
    private static string LabelOf(UsageField field, UsageTexts texts) =>
        texts.Label(field) is [var first, .. var rest] && field.DetailOf is not null
            ? char.ToUpperInvariant(first) + rest
            : texts.Label(field);

    private static string ValuesOf(UsageField field, UsageTexts texts) => field switch
    {
        FlagField => texts.Get("ExplainFlag"),
        WordField word => texts.Get("ExplainOneOf", Words(word.Words, texts)),
        BucketField bucket => texts.Get("ExplainOneOf", string.Join(", ", bucket.Ranges)),
        CountField count => texts.Get("ExplainCount", count.Minimum, count.Maximum),
        VersionField version => texts.Get("ExplainVersion", Parts(version.Parts, texts)),
        DateField => texts.Get("ExplainDate"),
        TextField text => texts.Get("ExplainText", text.MaxLength, text.Pattern),
        SetField set => texts.Get("ExplainAnyOf", Words(set.Words, texts)),
        CountsField counts => texts.Get("ExplainCounts", counts.Minimum, counts.Maximum, Words(counts.Words, texts)),
        VersionsField versions =>
            texts.Get("ExplainVersions", Parts(versions.Parts, texts), Words(versions.Words, texts)),
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    private static string Words(Vocabulary words, UsageTexts texts) => words.CatalogueName is { } catalogue
        ? texts.Get("ExplainCatalogue", catalogue, words.Words.Count)
        : string.Join(", ", words.Words);

    private static string Parts(int? parts, UsageTexts texts) =>
        parts?.ToString(CultureInfo.InvariantCulture) ?? texts.Get("ExplainVersionParts");

    private static string Lower(UsageLevel level) => level.ToString().ToLowerInvariant();
}
