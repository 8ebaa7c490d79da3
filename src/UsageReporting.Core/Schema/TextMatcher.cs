using System.Text.RegularExpressions;

namespace UsageReporting.Core.Schema;

/// <summary>A pattern's expression, compiled when the first text is there and not when the field is declared.</summary>
internal sealed class TextMatcher(string pattern)
{
    private Regex? _expression;

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        _expression ??= TextPattern.TryCompile(pattern);
        return _expression?.IsMatch(text) == true;
    }
}
