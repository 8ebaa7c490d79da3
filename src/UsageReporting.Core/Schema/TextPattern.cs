using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace UsageReporting.Core.Schema;

/// <summary>
/// Patterns of text fields. They come from schema files, so they run without backtracking: no pattern and no value can
/// make a match take longer than linear time.
/// </summary>
internal static class TextPattern
{
    private const RegexOptions Options =
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly string[] Unwanted = [@"\d", @"\D", @"\w", @"\W", @"\s", @"\S", @"\p", @"\P", @"\b", @"\B"];

    /// <summary>The anchored expression, or null where <see cref="Mistake"/> has something to say.</summary>
    public static Regex? TryCompile(string pattern)
    {
        if (Mistake(pattern) is not null)
        {
            return null;
        }

        return new Regex(Anchored(pattern), Options);
    }

    public static string? Mistake(string pattern)
    {
        if (pattern.Length is 0 or > SchemaLimits.PatternLength || pattern.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return $"the pattern must be 1 to {SchemaLimits.PatternLength} printable ASCII characters";
        }

        if (Unwanted.FirstOrDefault(u => pattern.Contains(u, StringComparison.Ordinal)) is { } unwanted)
        {
            return $"the pattern uses {unwanted}, which is not limited to ASCII; use a class such as [0-9]";
        }

        return PlainPattern.IsPlain(pattern) ? null : MistakeOfTheEngine(pattern);
    }

    // A method that names the engine loads it; not inlined, so that a plain pattern does not.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? MistakeOfTheEngine(string pattern)
    {
        try
        {
            // By itself, so that it cannot close the group around it; and anchored, so that a comment in it
            // cannot swallow the anchor.
            _ = new Regex(pattern, Options);
            _ = new Regex(Anchored(pattern), Options);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return "the pattern is not a regular expression that runs without backtracking";
        }
    }

    // \z and not $, which would let a newline pass at the end.
    private static string Anchored(string pattern) => $@"\A(?:{pattern})\z";
}
