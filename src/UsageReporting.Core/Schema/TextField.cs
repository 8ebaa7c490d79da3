using System.Diagnostics.CodeAnalysis;
using UsageReporting.Core.Schema;

namespace UsageReporting;

/// <summary>
/// Printable ASCII with a pattern and a length, for what has no vocabulary, such as a processor architecture. Not for
/// anything that a person typed.
/// </summary>
public sealed record TextField : UsageField
{
    private readonly TextMatcher _matcher;

    /// <summary>Declares the field.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is asked for.</param>
    /// <param name="pattern">
    /// A .NET regular expression that the whole value must match. It is anchored at both ends, takes no anchors of its
    /// own, and must not use <c>\d</c>, <c>\w</c> or <c>\s</c>, which take other scripts' characters.
    /// </param>
    /// <param name="maxLength">The most characters, 1 to 256.</param>
    public TextField(
        string name,
        string label,
        string purpose,
        [StringSyntax(StringSyntaxAttribute.Regex)] string pattern,
        int maxLength)
        : base(UsageFieldKind.Text, name, label, purpose)
    {
        Pattern = pattern;
        MaxLength = maxLength;
        _matcher = new TextMatcher(pattern);
    }

    /// <summary>The regular expression that the whole value matches.</summary>
    public string Pattern { get; }

    /// <summary>The most characters.</summary>
    public int MaxLength { get; }

    /// <summary>Whether the text fits.</summary>
    /// <param name="text">The text.</param>
    public bool Allows(ReadOnlySpan<char> text) =>
        text.Length <= MaxLength && !text.ContainsAnyExceptInRange(' ', '~') && _matcher.IsMatch(text);
}
