namespace UsageReporting;

/// <summary>
/// One piece of information that a report may hold, declared once: the declaration drives the preview, what may leave
/// the machine, what the server accepts and how it is stored.
/// </summary>
/// <remarks>
/// Made with the factory methods and refined with a <c>with</c> expression:
/// <code>UsageField.Version("version", "Version", "Which release is running.") with { Required = true }</code>
/// A mistake in a declaration is not thrown here but found, together with all others, when the schema is built.
/// </remarks>
public abstract record UsageField
{
    private protected UsageField(UsageFieldKind kind, string name, string label, string purpose)
    {
        Kind = kind;
        Name = name;
        Label = label;
        Purpose = purpose;
    }

    /// <summary>What the value is.</summary>
    public UsageFieldKind Kind { get; }

    /// <summary>
    /// The name on the wire: lower-case ASCII letters, digits and underscores, at most 63 characters. Dots make a
    /// path: <c>installation.platform</c> is the member <c>platform</c> of the object <c>installation</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>What a person reads beside the value, such as <c>Install type</c>.</summary>
    public string Label { get; }

    /// <summary>Why it is asked for: one sentence for people.</summary>
    public string Purpose { get; }

    /// <summary>The level from which on the field is reported. Default <see cref="UsageLevel.Basic"/>.</summary>
    public UsageLevel Level { get; init; } = UsageLevel.Basic;

    /// <summary>Whether a report without this field is refused. Default <see langword="false"/>.</summary>
    public bool Required { get; init; }

    /// <summary>Whether public pages may show it. Default <see langword="true"/>.</summary>
    public bool Publish { get; init; } = true;

    /// <summary>
    /// The name of the field in whose row this one is shown, as <c>(built 2026-05-18T12:00:00Z)</c> is in the row of
    /// the commit; <see langword="null"/>, the default, gives it a row of its own.
    /// </summary>
    public string? DetailOf { get; init; }

    /// <summary>Declares yes or no.</summary>
    /// <inheritdoc cref="FlagField(string, string, string)"/>
    public static FlagField Flag(string name, string label, string purpose) => new(name, label, purpose);

    /// <summary>Declares one word of a vocabulary.</summary>
    /// <inheritdoc cref="WordField(string, string, string, Vocabulary)"/>
    public static WordField Word(string name, string label, string purpose, Vocabulary words) =>
        new(name, label, purpose, words);

    /// <summary>Declares a range of a count.</summary>
    /// <inheritdoc cref="BucketField(string, string, string, IReadOnlyList{long})"/>
    public static BucketField Bucket(string name, string label, string purpose, IReadOnlyList<long> bounds) =>
        new(name, label, purpose, bounds);

    /// <summary>Declares a whole number within bounds.</summary>
    /// <inheritdoc cref="CountField(string, string, string, long, long)"/>
    public static CountField Count(string name, string label, string purpose, long minimum, long maximum) =>
        new(name, label, purpose, minimum, maximum);

    /// <summary>Declares a version.</summary>
    /// <inheritdoc cref="VersionField(string, string, string, int?)"/>
    public static VersionField Version(string name, string label, string purpose, int? parts = null) =>
        new(name, label, purpose, parts);

    /// <summary>Declares an instant in UTC.</summary>
    /// <inheritdoc cref="DateField(string, string, string)"/>
    public static DateField Date(string name, string label, string purpose) => new(name, label, purpose);

    /// <summary>Declares text with a pattern and a length.</summary>
    /// <inheritdoc cref="TextField(string, string, string, string, int)"/>
    public static TextField Text(string name, string label, string purpose, string pattern, int maxLength) =>
        new(name, label, purpose, pattern, maxLength);

    /// <summary>Declares several words of a vocabulary.</summary>
    /// <inheritdoc cref="SetField(string, string, string, Vocabulary)"/>
    public static SetField Set(string name, string label, string purpose, Vocabulary words) =>
        new(name, label, purpose, words);

    /// <summary>Declares a whole number for each of several words.</summary>
    /// <inheritdoc cref="CountsField(string, string, string, Vocabulary, long, long)"/>
    public static CountsField Counts(
        string name, string label, string purpose, Vocabulary words, long minimum, long maximum) =>
        new(name, label, purpose, words, minimum, maximum);

    /// <summary>Declares a version for each of several words.</summary>
    /// <inheritdoc cref="VersionsField(string, string, string, Vocabulary, int?)"/>
    public static VersionsField Versions(
        string name, string label, string purpose, Vocabulary words, int? parts = null) =>
        new(name, label, purpose, words, parts);
}
