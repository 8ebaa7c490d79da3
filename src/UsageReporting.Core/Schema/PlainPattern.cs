namespace UsageReporting.Core.Schema;

/// <summary>
/// Letters, digits and classes of them, each perhaps repeated: what most patterns are. These are known to be good without
/// the engine for regular expressions, which a host would pay for at its start and may never need.
/// </summary>
internal static class PlainPattern
{
    public static bool IsPlain(ReadOnlySpan<char> pattern)
    {
        while (!pattern.IsEmpty)
        {
            int length = pattern[0] == '[' ? ClassLength(pattern) : IsLetter(pattern[0]) ? 1 : 0;
            if (length == 0)
            {
                return false;
            }

            pattern = pattern[length..];
            if (!pattern.IsEmpty && pattern[0] is '*' or '+' or '?')
            {
                pattern = pattern[1..];
            }
        }

        return true;
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
