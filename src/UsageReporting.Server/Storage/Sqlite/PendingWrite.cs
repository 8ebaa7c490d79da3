namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>A write that waits for its turn.</summary>
internal abstract class PendingWrite
{
    /// <summary>Writes, within a transaction that may still fail.</summary>
    public abstract void Write(SqliteSession session);

    /// <summary>The transaction is committed.</summary>
    public abstract void Confirm(SqliteSession session);

    /// <summary>The transaction failed, or there was none.</summary>
    public abstract void Refuse();
}
