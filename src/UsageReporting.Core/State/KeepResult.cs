namespace UsageReporting.Core.State;

/// <summary>What became of something that was to be kept where nothing of the kind is kept yet.</summary>
internal enum KeepResult
{
    /// <summary>It is kept.</summary>
    Kept,

    /// <summary>Another one is kept already, perhaps by another process just now.</summary>
    AnotherIsKept,

    /// <summary>There is no place to keep it.</summary>
    NoPlace,
}
