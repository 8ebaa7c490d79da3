namespace UsageReporting.CommandLine;

/// <summary>What a process says at its end. That a report could not be sent is not the user's error.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>What was checked is not what it should be, or what was asked for could not be done.</summary>
    public const int Failure = 1;

    public const int Misuse = 2;

    /// <summary>128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
