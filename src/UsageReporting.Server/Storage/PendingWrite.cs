namespace UsageReporting.Server.Storage;

/// <summary>A write that waits for its turn.</summary>
/// <typeparam name="TSession">What an engine writes with.</typeparam>
internal abstract class PendingWrite<TSession>
{
    /// <summary>Writes, within a transaction that may still fail.</summary>
    public abstract void Write(TSession session);

    /// <summary>The transaction is committed.</summary>
    public abstract void Confirm(TSession session);

    /// <summary>The transaction failed, or there was none.</summary>
    public abstract void Refuse();
}
