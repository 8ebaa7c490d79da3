namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>A write, and whoever waits for its outcome.</summary>
/// <param name="refused">The outcome of one that is not stored for certain.</param>
internal abstract class AnsweredWrite<TOutcome>(TOutcome refused) : PendingWrite
{
    // The writer's thread must not run what the waiting requests do next.
    private readonly TaskCompletionSource<TOutcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TOutcome _outcome = default!;

    /// <summary>The outcome, known after the commit.</summary>
    public Task<TOutcome> Answer => _answer.Task;

    public sealed override void Write(SqliteSession session) => _outcome = WriteTo(session);

    public sealed override void Confirm(SqliteSession session) => _answer.SetResult(AfterCommit(session, _outcome));

    public sealed override void Refuse() => _answer.SetResult(refused);

    protected abstract TOutcome WriteTo(SqliteSession session);

    /// <summary>The outcome, where the commit itself has a say.</summary>
    protected virtual TOutcome AfterCommit(SqliteSession session, TOutcome outcome) => outcome;
}
