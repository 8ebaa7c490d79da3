namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>What has become of a database's file while it is open.</summary>
internal enum FileState
{
    /// <summary>It is there.</summary>
    InPlace,

    /// <summary>It, or the log beside it, was removed or replaced.</summary>
    Gone,

    /// <summary>It is shorter than it was: truncated, or vacuumed by another program.</summary>
    Shrunk,
}
