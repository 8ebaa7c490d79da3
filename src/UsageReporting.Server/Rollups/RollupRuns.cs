namespace UsageReporting.Server.Rollups;

/// <summary>When this server last made numbers and deleted, for whoever looks.</summary>
internal sealed class RollupRuns
{
    private long _rolledUp;
    private long _deleted;

    /// <summary>When it last looked which numbers are due; null if it has not, as where another server does.</summary>
    public DateTimeOffset? RolledUp => Of(ref _rolledUp);

    /// <summary>When it last deleted what had been kept long enough; null if it has not yet.</summary>
    public DateTimeOffset? Deleted => Of(ref _deleted);

    public void NoteRolledUp(DateTimeOffset now) => Volatile.Write(ref _rolledUp, now.UtcTicks);

    public void NoteDeleted(DateTimeOffset now) => Volatile.Write(ref _deleted, now.UtcTicks);

    private static DateTimeOffset? Of(ref long ticks) =>
        Volatile.Read(ref ticks) is var known and > 0 ? new DateTimeOffset(known, TimeSpan.Zero) : null;
}
