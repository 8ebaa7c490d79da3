namespace UsageReporting.Core.Recording;

/// <summary>Whether tallies of a field count.</summary>
internal sealed class TallyGate
{
    private volatile bool _isOpen;
    private long _missed;

    public bool IsOpen
    {
        get => _isOpen;
        set => _isOpen = value;
    }

    /// <summary>How often something came while it was closed.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    public void Miss() => Interlocked.Increment(ref _missed);
}
