using UsageReporting.Core.Schema;

namespace UsageReporting;

/// <summary>
/// A version: two to four numbers with dots, then optionally the pre-release and build parts of SemVer 2.0.0; at most
/// 64 characters, ASCII.
/// </summary>
public sealed record VersionField : UsageField
{
    /// <summary>Declares the field.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is asked for.</param>
    /// <param name="parts">How many numbers, 2 to 4; <see langword="null"/> for any of these.</param>
    public VersionField(string name, string label, string purpose, int? parts = null)
        : base(UsageFieldKind.Version, name, label, purpose) => Parts = parts;

    /// <summary>How many numbers, 2 to 4; <see langword="null"/> for any of these.</summary>
    public int? Parts { get; }

    /// <summary>Whether the text is such a version.</summary>
    /// <param name="version">The text.</param>
    public bool Allows(ReadOnlySpan<char> version) => VersionSyntax.IsVersion(version, Parts);
}
