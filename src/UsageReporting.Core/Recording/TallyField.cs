using System.Collections.Concurrent;

namespace UsageReporting.Core.Recording;

/// <summary>The tallies of one field, a word each or a single one, in memory.</summary>
/// <param name="declared">The field.</param>
/// <param name="hasRoom">Takes the room of a further word; false where there is none.</param>
internal sealed class TallyField(UsageField declared, Func<bool> hasRoom)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, UsageTally> _tallies = new(StringComparer.Ordinal);

    // Open until somebody has looked what was chosen, so that an application can count that it was started.
    private readonly TallyGate _gate = new() { IsOpen = true };

    public UsageField Declared => declared;

    public TallyGate Gate => _gate;

    /// <summary>Whether something was counted, or would have been.</summary>
    public bool IsTouched(long missedBefore) => _gate.Missed != missedBefore || _tallies.Values.Any(tally => !tally.IsEmpty);

    /// <summary>The tally of a word; null where the field does not declare it, or there is no room.</summary>
    public UsageTally? Find(string word) => _tallies.TryGetValue(word, out UsageTally? tally) ? tally : Create(word);

    /// <summary>Takes what was counted.</summary>
    public IEnumerable<(string Word, long Number)> Take() =>
        _tallies.Select(tally => (tally.Key, tally.Value.Take())).Where(taken => taken.Item2 > 0);

    private UsageTally? Create(string word)
    {
        if (TallyWords.Find(declared, word) is not { } known)
        {
            return null;
        }

        lock (_lock)
        {
            return _tallies.TryGetValue(known, out UsageTally? tally) ? tally
                : hasRoom() ? _tallies[known] = new UsageTally(_gate)
                : null;
        }
    }
}
