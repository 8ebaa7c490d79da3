namespace UsageReporting.Tests.Recording;

/// <summary>The state of a process that can be killed: after that it reads nothing and writes nothing more.</summary>
internal sealed class KillableStore(IUsageStateStore store) : IUsageStateStore
{
    private int _writes;

    public string Place => store.Place;

    public bool IsDead { get; private set; }

    /// <summary>At which write it is killed.</summary>
    public int KillAtWrite { get; init; } = int.MaxValue;

    /// <summary>Whether that write still reaches the disk.</summary>
    public bool IsWritten { get; init; }

    public void Kill() => IsDead = true;

    public ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken) =>
        IsDead ? throw new IOException("killed") : store.ReadAsync(name, cancellationToken);

    public async ValueTask<bool> TryReplaceAsync(
        string name, string? expected, string? text, CancellationToken cancellationToken)
    {
        bool isLast = Interlocked.Increment(ref _writes) == KillAtWrite;
        if (IsDead || (isLast && !IsWritten))
        {
            IsDead = true;
            throw new IOException("killed");
        }

        bool isReplaced = await store.TryReplaceAsync(name, expected, text, cancellationToken);
        if (isLast)
        {
            IsDead = true;
            throw new IOException("killed");
        }

        return isReplaced;
    }
}
