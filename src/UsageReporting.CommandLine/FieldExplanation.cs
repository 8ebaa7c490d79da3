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

    public static IEnumerable<FieldExplanation> Of(ReportSchema schema) =>
    [
        Of(schema.Header.Identity),
        .. schema.Fields.Select(Of),
    ];

    private static FieldExplanation Of(ReportIdentity identity) =>
        new(identity.Name, identity.Label, "required", identity.Purpose, "A random UUID that stays the same.");

    private static FieldExplanation Of(UsageField field)
    {
        string level = field.Level == UsageLevel.Basic ? "" : $", level {Lower(field.Level)}";
        return new FieldExplanation(
            field.Name,
            LabelOf(field),
            (field.Required ? "required" : "optional") + level,
            field.Purpose,
            ValuesOf(field));
    }

    // The label of a detail follows another value, as in "(built 2026-05-18T12:00:00Z)"; here it stands alone. Others
    // are spelt as they are declared, also where they are a name that begins with a small letter.
    private static string LabelOf(UsageField field) =>
        field.DetailOf is null ? field.Label : char.ToUpperInvariant(field.Label[0]) + field.Label[1..];

    private static string ValuesOf(UsageField field) => field switch
    {
        FlagField => "Yes or no.",
        WordField word => $"One of {Words(word.Words)}.",
        BucketField bucket => $"One of {string.Join(", ", bucket.Ranges)}.",
        CountField count => Invariant($"A whole number from {count.Minimum} to {count.Maximum}."),
        VersionField version => $"A version of {Parts(version.Parts)} numbers.",
        DateField => "A time in UTC.",
        TextField text => Invariant($"Up to {text.MaxLength} characters that match {text.Pattern}"),
        SetField set => $"Any of {Words(set.Words)}.",
        CountsField counts =>
            Invariant($"A whole number from {counts.Minimum} to {counts.Maximum} for each of {Words(counts.Words)}."),
        VersionsField versions => $"A version of {Parts(versions.Parts)} numbers for each of {Words(versions.Words)}.",
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    private static string Words(Vocabulary words) => words.CatalogueName is { } catalogue
        ? Invariant($"the catalogue {catalogue}, which has {words.Words.Count} entries")
        : string.Join(", ", words.Words);

    private static string Parts(int? parts) => parts?.ToString(CultureInfo.InvariantCulture) ?? "2 to 4";

    private static string Lower(UsageLevel level) => level.ToString().ToLowerInvariant();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
