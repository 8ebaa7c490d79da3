namespace UsageReporting.Core.Recording;

/// <summary>The tallies of one tag of an instrument.</summary>
/// <param name="field">The field whose words are the tag's values.</param>
/// <param name="tag">The tag.</param>
/// <param name="undeclared">Counts what is dropped.</param>
internal sealed class MeasuredTag(TallyField field, string tag, UsageTally undeclared)
{
    public void Add(long number, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
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
