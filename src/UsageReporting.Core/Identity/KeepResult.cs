namespace UsageReporting.Core.Identity;

/// <summary>What became of an id that was to be kept.</summary>
internal enum KeepResult
{
    /// <summary>It is kept.</summary>
    Kept,

    /// <summary>Another process kept a different one meanwhile; what was shown must be composed anew.</summary>
    AnotherIsKept,

    /// <summary>There is no place to keep it.</summary>
    NoPlace,
}
