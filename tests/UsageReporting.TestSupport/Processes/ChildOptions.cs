namespace UsageReporting.TestSupport.Processes;

/// <summary>How a child process is started.</summary>
public sealed record ChildOptions
{
    // A build server runs these tests, and what they start must not notice unless a test says so.
    private static readonly string[] Automation =
    [
        "CI", "TF_BUILD", "GITHUB_ACTIONS", "APPVEYOR", "TRAVIS", "CIRCLECI", "GITHUB_COPILOT_CLI_MODE", "AGENT_CLI",
        "TEAMCITY_VERSION", "JB_SPACE_API_URL", "CLAUDECODE", "CURSOR_EDITOR", "CURSOR_AGENT", "GEMINI_CLI", "CODEX_CLI",
        "CODEBUILD_BUILD_ID", "BUILD_ID",
    ];

    /// <summary>Environment variables on top of this process's own; <see langword="null"/> takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Default: the current one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Default: a pipe that is at its end.</summary>
    public ChildInput Input { get; init; } = ChildInput.Closed;

    /// <summary>How long anything may take before the process is killed and the test fails. Default one minute.</summary>
    public TimeSpan Bound { get; init; } = TimeSpan.FromMinutes(1);

    internal void ApplyTo(IDictionary<string, string?> environment)
    {
        foreach (string name in Automation)
        {
            environment.Remove(name);
        }

        foreach ((string name, string? value) in Environment)
        {
            environment[name] = value;
        }
    }
}
