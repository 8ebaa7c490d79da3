using UsageReporting.Core;
using UsageReporting.Core.Recording;

namespace UsageReporting;

/// <summary>
/// The tallies of an application: how often things happened since the last report. They are declared with
/// <c>AddTallies</c>. Only sums are kept, never single events and never times.
/// </summary>
public sealed class UsageTallies
{
    private readonly Dictionary<string, TallyField> _fields;
    private readonly TallyGate _undeclared = new();
    private int _words;

    internal UsageTallies(IEnumerable<UsageField> fields)
    {
        _fields = fields.ToDictionary(field => field.Name, field => new TallyField(field, HasRoom), StringComparer.Ordinal);
        Undeclared = new UsageTally(_undeclared);
    }

    /// <summary>
    /// The tally of a word. A word that the field does not declare, or the 513th of all fields together, has one that
    /// counts nothing; what it drops is counted in the meter <c>UsageReporting</c>.
    /// </summary>
    /// <param name="field">A field that <c>AddTallies</c> was given.</param>
    /// <param name="word">What happened.</param>
    /// <exception cref="ArgumentException"><c>AddTallies</c> was not given the field.</exception>
    public UsageTally Of(CountsField field, string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return Find(field, word);
    }

    /// <summary>The tally of a field that has a single number.</summary>
    /// <param name="field">A field that <c>AddTallies</c> was given.</param>
    /// <exception cref="ArgumentException"><c>AddTallies</c> was not given the field.</exception>
    public UsageTally Of(CountField field) => Find(field, TallyWords.Only);

    internal IReadOnlyCollection<TallyField> Fields => _fields.Values;

    /// <summary>Counts nothing but that it was asked to.</summary>
    internal UsageTally Undeclared { get; }

    /// <summary>How much was dropped.</summary>
    internal long Dropped => _undeclared.Missed;

    private UsageTally Find(UsageField field, string word)
    {
        ArgumentNullException.ThrowIfNull(field);
        return _fields.TryGetValue(field.Name, out TallyField? known)
            ? known.Find(word) ?? Undeclared
            : throw new ArgumentException($"AddTallies was not given the field \"{field.Name}\".", nameof(field));
    }

    private bool HasRoom() => Interlocked.Increment(ref _words) <= ClientLimits.TallyWords;
}
