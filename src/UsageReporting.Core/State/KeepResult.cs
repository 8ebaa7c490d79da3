namespace UsageReporting.Core.State;

/// <summary>What became of something that was to be kept.</summary>
internal enum KeepResult
{
    /// <summary>It is kept.</summary>
    Kept,

    /// <summary>Something else is kept already, perhaps by another process just now.</summary>
    AnotherIsKept,

    /// <summary>There is no place to keep it.</summary>
    NoPlace,
}
