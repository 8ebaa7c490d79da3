using System.Text.RegularExpressions;

namespace UsageReporting.Core.Schema;

/// <summary>A pattern's matcher, made when the first text is there and not when the field is declared.</summary>
internal sealed class TextMatcher(string pattern)
{
    private PlainMatcher? _plain;
    private Regex? _expression;

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        if (_plain is null && _expression is null)
        {
            _plain = PlainMatcher.TryCompile(pattern);
            _expression = _plain is null ? TextPattern.TryCompile(pattern) : null;
        }

        return _plain?.IsMatch(text) ?? _expression?.IsMatch(text) == true;
    }
}
