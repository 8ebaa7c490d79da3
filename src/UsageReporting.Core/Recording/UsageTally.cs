using UsageReporting.Core;
using UsageReporting.Core.Recording;

namespace UsageReporting;

/// <summary>
/// Counts how often one thing happens, from any thread and without allocating; kept for as long as it is used. Nothing is
/// counted unless a person has chosen that it may be.
/// </summary>
public sealed class UsageTally
{
    private readonly TallyGate _gate;
    private long _number;

    internal UsageTally(TallyGate gate) => _gate = gate;

    /// <summary>Counts one.</summary>
    public void Add()
    {
        if (_gate.IsOpen)
        {
            Interlocked.Increment(ref _number);
        }
        else
        {
            _gate.Miss();
        }
    }

    /// <summary>Counts several; less than none, or more than 2^53 − 1, is no number of things and not counted.</summary>
    /// <param name="number">How many.</param>
    public void Add(long number)
    {
        if (_gate.IsOpen && number is >= 0 and <= ClientLimits.LargestTally)
        {
            Interlocked.Add(ref _number, number);
        }
        else
        {
            _gate.Miss();
        }
    }

    /// <summary>Whether it counts just now: what an application would have to find out only to count it may be left alone otherwise.</summary>
    public bool IsCounting => _gate.IsOpen;

    internal bool IsEmpty => Interlocked.Read(ref _number) == 0;

    // More of the largest numbers than fit, in ten seconds, are less than none.
    internal long Take() => Math.Clamp(Interlocked.Exchange(ref _number, 0), 0, ClientLimits.LargestTally);
}
