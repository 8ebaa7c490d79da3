namespace UsageReporting.TestSupport.Processes;

/// <summary>What a child process left behind.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal's number where a signal ended it.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
public sealed record ChildResult(int ExitCode, string Output, string Error);
