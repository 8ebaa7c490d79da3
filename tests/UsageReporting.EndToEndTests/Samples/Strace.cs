namespace UsageReporting.EndToEndTests.Samples;

/// <summary>Reads what strace saw a program do.</summary>
internal static class Strace
{
    /// <summary>What it has to watch.</summary>
    public const string Calls =
        "trace=%network,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,linkat";

    /// <summary>Whether the call is on the way to another machine, or asks for its address.</summary>
    public static bool IsNetwork(string call) => call.Contains("socket(AF_INET", StringComparison.Ordinal);

    /// <summary>
    /// Whether it changes something on the disk. A failed attempt (a negative result) changes nothing; the runtime's own
    /// shared-memory files are not ours.
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
