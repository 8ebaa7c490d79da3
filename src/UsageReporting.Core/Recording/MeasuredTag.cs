namespace UsageReporting.Core.Recording;

/// <summary>The tallies of one tag of an instrument, or of all that it measures.</summary>
/// <param name="field">The field whose words are the tag's values, or that has a single number.</param>
/// <param name="tag">The tag; null where there is a single number.</param>
/// <param name="undeclared">Counts what is dropped.</param>
internal sealed class MeasuredTag(TallyField field, string? tag, UsageTally undeclared)
{
    private readonly UsageTally? _only = tag is null ? field.Find(TallyWords.Only) ?? undeclared : null;

    public void Add(long number, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_only is not null)
        {
            _only.Add(number);
            return;
        }

        foreach ((string name, object? value) in tags)
        {
            if (name == tag)
            {
                (value is string word ? field.Find(word) ?? undeclared : undeclared).Add(number);
                return;
            }
        }

        undeclared.Add(number);
    }
}
