using UsageReporting.Core.Schema;

namespace UsageReporting;

/// <summary>A version for each of several words, such as the plugins that are installed.</summary>
public sealed record VersionsField : UsageField
{
    /// <summary>Declares the field.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is asked for.</param>
    /// <param name="words">The words that may have a version.</param>
    /// <param name="parts">How many numbers each version has, 2 to 4; <see langword="null"/> for any of these.</param>
    public VersionsField(string name, string label, string purpose, Vocabulary words, int? parts = null)
        : base(UsageFieldKind.Versions, name, label, purpose)
    {
        Words = words;
        Parts = parts;
    }

    /// <summary>The words that may have a version.</summary>
    public Vocabulary Words { get; }

    /// <summary>How many numbers each version has; <see langword="null"/> for two to four.</summary>
    public int? Parts { get; }

    /// <summary>Whether the text is such a version (see <see cref="VersionField"/>).</summary>
    /// <param name="version">The text.</param>
    public bool Allows(ReadOnlySpan<char> version) => VersionSyntax.IsVersion(version, Parts);
}
