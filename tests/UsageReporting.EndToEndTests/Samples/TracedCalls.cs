namespace UsageReporting.EndToEndTests.Samples;

/// <summary>What a trace of system calls says about a program that has to touch nothing.</summary>
internal static class TracedCalls
{
    /// <summary>The calls that strace has to write down.</summary>
    public const string Watched =
        "%network,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,linkat";

    /// <summary>Whether the program turned to the network.</summary>
    public static bool IsNetwork(string call) => call.Contains("socket(AF_INET", StringComparison.Ordinal);

    /// <summary>
    /// Whether it changed a file. A failed attempt (a negative result) changes nothing; the runtime's own shared-memory files
    /// are not ours.
    /// </summary>
    public static bool IsWrite(string call) =>
        !call.Contains(" = -1 ", StringComparison.Ordinal)
        && !call.Contains("\"/dev/", StringComparison.Ordinal)
        && !call.Contains("memfd", StringComparison.Ordinal)
        && (call.Contains("O_CREAT", StringComparison.Ordinal)
            || call.Contains(" mkdir", StringComparison.Ordinal)
            || call.Contains(" rename", StringComparison.Ordinal)
            || call.Contains(" link", StringComparison.Ordinal)
            || call.Contains(" unlink", StringComparison.Ordinal));
}
