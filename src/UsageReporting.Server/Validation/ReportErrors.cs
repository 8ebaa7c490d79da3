namespace UsageReporting.Server.Validation;

/// <summary>
/// All that is wrong with a report: the name of a declared field, and sentences about it. What belongs to no field
/// stands under the empty name. No sentence repeats anything that the report holds.
/// </summary>
internal sealed class ReportErrors
{
    /// <summary>Where mistakes of the report as a whole stand: no field can be called so.</summary>
    public const string WholeReport = "";

    // Only a bad report pays for it.
    private OrderedDictionary<string, List<string>>? _sentences;

    public bool IsEmpty => _sentences is null;

    /// <summary>Whether the report could not be read to its end, so that nothing else can be said of it.</summary>
    public bool IsUnread { get; private init; }

    public IEnumerable<KeyValuePair<string, string[]>> Sentences =>
        _sentences?.Select(s => KeyValuePair.Create(s.Key, s.Value.ToArray())) ?? [];

    public static ReportErrors Of(string sentence)
    {
        ReportErrors errors = new() { IsUnread = true };
        errors.Add(WholeReport, sentence);
        return errors;
    }

    /// <summary>Adds a sentence, once.</summary>
    public void Add(string field, string sentence)
    {
        _sentences ??= new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
        if (!_sentences.TryGetValue(field, out List<string>? sentences))
        {
            _sentences.Add(field, sentences = []);
        }

        if (!sentences.Contains(sentence))
        {
            sentences.Add(sentence);
        }
    }

    public bool Has(string field) => _sentences?.ContainsKey(field) == true;
}
