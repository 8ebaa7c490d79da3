namespace UsageReporting.TestSupport.Processes;

/// <summary>How a child process is started.</summary>
public sealed record ChildOptions
{
    /// <summary>Environment variables on top of this process's own; <see langword="null"/> takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Default: the current one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Default: a pipe that is at its end.</summary>
    public ChildInput Input { get; init; } = ChildInput.Closed;

    /// <summary>How long anything may take before the process is killed and the test fails. Default one minute.</summary>
    public TimeSpan Bound { get; init; } = TimeSpan.FromMinutes(1);
}
