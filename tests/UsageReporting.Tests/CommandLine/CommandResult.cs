namespace UsageReporting.Tests.CommandLine;

/// <summary>What a command left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote for a person or a pipe.</param>
/// <param name="Error">What it wrote about mistakes.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error);
