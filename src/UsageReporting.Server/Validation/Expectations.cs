using System.Globalization;

namespace UsageReporting.Server.Validation;

/// <summary>What is said about a value that is not as declared: the declaration, and never the value.</summary>
internal static class Expectations
{
    public const string Missing = "Is missing.";
    public const string Repeated = "Is given twice.";
    public const string Misspelt = "Its name is written in lower case.";
    public const string NotNull = "Must not be null: leave the field out.";

    public const string NotJson = "The report is not JSON in UTF-8.";
    public const string NotObject = "The report must be a JSON object.";
    public const string UnknownRepeated = "A name that the schema does not declare is given twice.";
    public const string NotUnicode = "A name or string is not Unicode text, or holds U+0000.";

    public const string NoIdWhereNothingLasts = "Must be absent or false in a report with an id.";
    public const string IdWhereSomethingLasts = "Is missing: only a report whose ephemeral is true has no id.";

    public static readonly string TooDeep =
        string.Create(CultureInfo.InvariantCulture, $"Objects and arrays may be nested {ServerLimits.Depth} deep.");

    public static string Id(ReportIdentity identity) => identity.Kind == IdentityKind.Rotating
        ? $"Must be a UUID of version {InstallationId.VersionOf(identity)} in the form 8-4-4-4-12."
        : $"Must be a random UUID (version {InstallationId.VersionOf(identity)}) in the form 8-4-4-4-12.";

    /// <param name="period">The period that it is by the server's clock.</param>
    public static string Period(string period) => $"Must be the current period, by UTC: {period}.";

    public static string Of(UsageField field) => field switch
    {
        FlagField => "Must be true or false.",
        WordField word => $"Must be {OneOf(word.Words)}.",
        BucketField bucket => $"Must be one of {string.Join(", ", bucket.Ranges)}.",
        CountField count => $"Must be {Whole(count.Minimum, count.Maximum)}.",
        VersionField version => $"Must be {Version(version.Parts)}.",
        DateField => "Must be an instant in UTC such as 2026-05-18T12:00:00Z.",
        TextField text => Format($"Must be text of at most {text.MaxLength} ASCII characters that matches {text.Pattern}."),
        SetField set => $"Must be an array of different words, {UpTo()}, each {OneOf(set.Words)}.",
        CountsField counts =>
            $"Must be an object, {UpTo()}, in which {OneOf(counts.Words)} is given {Whole(counts.Minimum, counts.Maximum)}.",
        VersionsField versions =>
            $"Must be an object, {UpTo()}, in which {OneOf(versions.Words)} is given {Version(versions.Parts)}.",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field.Kind, "A kind that this server does not know."),
    };

    private static string OneOf(Vocabulary vocabulary) => vocabulary.Words.Count <= ServerLimits.ListedWords
        ? $"one of {string.Join(", ", vocabulary.Words)}"
        : "one of the words that the schema lists";

    private static string Whole(long minimum, long maximum) => Format($"a whole number from {minimum} to {maximum}");

    private static string Version(int? parts) =>
        $"a version: {parts?.ToString(CultureInfo.InvariantCulture) ?? "2 to 4"} numbers with dots between them and an optional SemVer suffix";

    private static string UpTo() => Format($"at most {ServerLimits.Entries} entries");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
