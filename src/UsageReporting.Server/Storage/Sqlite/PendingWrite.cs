namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>A write that waits for its turn, and whoever waits for its outcome.</summary>
internal abstract class PendingWrite
{
    // The writer's thread must not run what the waiting requests do next.
    private readonly TaskCompletionSource<StoreOutcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StoreOutcome _outcome = StoreOutcome.Unavailable.Instance;

    /// <summary>The outcome, known after the commit.</summary>
    public Task<StoreOutcome> Answer => _answer.Task;

    /// <summary>Writes, within a transaction that may still fail.</summary>
    public void Write(SqliteSession session) => _outcome = WriteTo(session);

    /// <summary>The transaction is committed.</summary>
    public void Confirm() => _answer.SetResult(_outcome);

    /// <summary>The transaction failed, or there was none.</summary>
    public void Refuse() => _answer.SetResult(StoreOutcome.Unavailable.Instance);

    protected abstract StoreOutcome WriteTo(SqliteSession session);
}
