namespace UsageReporting.Core.Collection;

/// <summary>How often what was counted: field, word, number.</summary>
internal sealed class TallyCounts : Dictionary<string, Dictionary<string, long>>
{
    /// <summary>Adds to what is there; a number stays one that every JSON reader holds exactly.</summary>
    public void Add(string field, string word, long number)
    {
        if (!TryGetValue(field, out Dictionary<string, long>? words))
        {
            this[field] = words = new Dictionary<string, long>(StringComparer.Ordinal);
        }

        words[word] = Math.Min(words.GetValueOrDefault(word) + number, ClientLimits.LargestTally);
    }

    /// <summary>Adds all that another holds.</summary>
    public void Add(TallyCounts others)
    {
        foreach ((string field, string word, long number) in others.All)
        {
            Add(field, word, number);
        }
    }

    public bool Holds(string field, string word) =>
        TryGetValue(field, out Dictionary<string, long>? words) && words.ContainsKey(word);

    /// <summary>Takes away what another holds; what is nothing then is not there any more.</summary>
    public void Subtract(TallyCounts others)
    {
        foreach ((string field, string word, long number) in others.All)
        {
            if (!TryGetValue(field, out Dictionary<string, long>? words) || !words.TryGetValue(word, out long there))
            {
                continue;
            }

            words[word] = there - number;
            if (there <= number)
            {
                words.Remove(word);
            }

            if (words.Count == 0)
            {
                Remove(field);
            }
        }
    }

    /// <summary>Everything, one after the other.</summary>
    public IEnumerable<(string Field, string Word, long Number)> All =>
        this.Where(words => words.Value is not null).SelectMany(words => words.Value.Select(word => (words.Key, word.Key, word.Value)));
}
