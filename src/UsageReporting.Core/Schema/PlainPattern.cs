namespace UsageReporting.Core.Schema;

/// <summary>
/// Letters, digits and classes of them, each perhaps repeated: what most patterns are. These are known to be good without
/// the engine for regular expressions, which a host would pay for at its start and may never need.
/// </summary>
internal static class PlainPattern
{
    public static bool IsPlain(ReadOnlySpan<char> pattern)
    {
        while (TryTake(ref pattern, out _, out _))
        {
        }

        return pattern.IsEmpty;
    }

    /// <summary>Takes a letter or class from the beginning of a pattern; false at its end, or where it is not plain.</summary>
    /// <param name="pattern">The pattern, of which what was taken is cut off.</param>
    /// <param name="element">The letter, or the class with its brackets.</param>
    /// <param name="repeat">How it is repeated, <c>*</c>, <c>+</c> or <c>?</c>; a space if it is not.</param>
    public static bool TryTake(ref ReadOnlySpan<char> pattern, out ReadOnlySpan<char> element, out char repeat)
    {
        int length = pattern.IsEmpty ? 0 : pattern[0] == '[' ? ClassLength(pattern) : IsLetter(pattern[0]) ? 1 : 0;
        element = pattern[..length];
        pattern = pattern[length..];
        repeat = ' ';
        if (length > 0 && !pattern.IsEmpty && pattern[0] is '*' or '+' or '?')
        {
            repeat = pattern[0];
            pattern = pattern[1..];
        }

        return length > 0;
    }

    // With its brackets: "[A-Za-z0-9._+-]" has 15. None where it is anything else than ranges and characters.
    private static int ClassLength(ReadOnlySpan<char> pattern)
    {
        int end = pattern.IndexOf(']');
        if (end < 2)
        {
            return 0;
        }

        ReadOnlySpan<char> content = pattern[1..end];
        while (!content.IsEmpty)
        {
            int length = content switch
            {
                [var first, '-', var last, ..] => IsLetter(first) && IsLetter(last) && first <= last ? 3 : 0,
                ['-'] => 1,
                [var character, ..] => IsLetter(character) || character is '.' or '+' ? 1 : 0,
                _ => 0,
            };
            if (length == 0)
            {
                return 0;
            }

            content = content[length..];
        }

        return end + 1;
    }

    private static bool IsLetter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
