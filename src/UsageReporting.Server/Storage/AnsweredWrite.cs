namespace UsageReporting.Server.Storage;

/// <summary>A write, and whoever waits for its outcome.</summary>
/// <param name="refused">The outcome of one that is not stored for certain.</param>
/// <typeparam name="TSession">What an engine writes with.</typeparam>
/// <typeparam name="TOutcome">What came of it.</typeparam>
internal abstract class AnsweredWrite<TSession, TOutcome>(TOutcome refused) : PendingWrite<TSession>
{
    // The writer's thread must not run what the waiting requests do next.
    private readonly TaskCompletionSource<TOutcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TOutcome _outcome = default!;

    /// <summary>The outcome, known after the commit.</summary>
    public Task<TOutcome> Answer => _answer.Task;

    public sealed override void Write(TSession session) => _outcome = WriteTo(session);

    public sealed override void Confirm(TSession session) => _answer.SetResult(AfterCommit(session, _outcome));

    public sealed override void Refuse() => _answer.SetResult(refused);

    protected abstract TOutcome WriteTo(TSession session);

    /// <summary>The outcome, where the commit itself has a say.</summary>
    protected virtual TOutcome AfterCommit(TSession session, TOutcome outcome) => outcome;
}
