namespace UsageReporting.CommandLine;

/// <summary>What a process says at its end. That a report could not be sent is not the user's error.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>What was checked is not what it should be.</summary>
    public const int Mismatch = 1;

    public const int Misuse = 2;

    /// <summary>128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
