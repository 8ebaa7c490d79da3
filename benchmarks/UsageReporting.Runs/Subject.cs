namespace UsageReporting.Runs;

/// <summary>What a run of the sample finds.</summary>
internal enum Subject
{
    /// <summary>A variable that switches reporting off.</summary>
    Off,

    /// <summary>A report that waits, and an endpoint that takes it at once.</summary>
    Answered,

    /// <summary>A report that waits, and an endpoint that takes the connection and never answers.</summary>
    Silent,

    /// <summary>A report that waits, and an endpoint whose queue is full, so that not even the connection comes about.</summary>
    Unreachable,
}
