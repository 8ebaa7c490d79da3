using System.Buffers;

namespace UsageReporting.Core.Schema;

/// <summary>
/// A plain pattern of which at most the last part is repeated, such as <c>[A-Za-z0-9][A-Za-z0-9._-]*</c>: it is matched by a
/// look at each character, for a fraction of what the engine for regular expressions costs, which then need not be there at all.
/// </summary>
internal sealed class PlainMatcher
{
    private readonly SearchValues<char>[] _singles;
    private readonly SearchValues<char> _last;
    private readonly char _repeat;

    private PlainMatcher(SearchValues<char>[] singles, SearchValues<char> last, char repeat)
    {
        _singles = singles;
        _last = last;
        _repeat = repeat;
    }

    /// <summary>The matcher of a pattern, or null where it takes the engine.</summary>
    public static PlainMatcher? TryCompile(ReadOnlySpan<char> pattern)
    {
        List<SearchValues<char>> parts = [];
        char last = ' ';
        while (last == ' ' && PlainPattern.TryTake(ref pattern, out ReadOnlySpan<char> part, out last))
        {
            parts.Add(Characters(part));
        }

        return pattern.IsEmpty && parts.Count > 0 ? new PlainMatcher([.. parts[..^1]], parts[^1], last) : null;
    }

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        int rest = text.Length - _singles.Length;
        bool isLong = _repeat switch
        {
            '*' => rest >= 0,
            '+' => rest >= 1,
            '?' => rest is 0 or 1,
            _ => rest == 1,
        };
        if (!isLong)
        {
            return false;
        }

        for (int i = 0; i < _singles.Length; i++)
        {
            if (!_singles[i].Contains(text[i]))
            {
                return false;
            }
        }

        return !text[_singles.Length..].ContainsAnyExcept(_last);
    }

    // "[A-Z_]" is A to Z and the underscore.
    private static SearchValues<char> Characters(ReadOnlySpan<char> part)
    {
        if (part[0] != '[')
        {
            return SearchValues.Create(part);
        }

        List<char> characters = [];
        for (part = part[1..^1]; !part.IsEmpty;)
        {
            bool isRange = part is [_, '-', _, ..];
            char to = isRange ? part[2] : part[0];
            for (char c = part[0]; c <= to; c++)
            {
                characters.Add(c);
            }

            part = part[(isRange ? 3 : 1)..];
        }

        return SearchValues.Create([.. characters]);
    }
}
