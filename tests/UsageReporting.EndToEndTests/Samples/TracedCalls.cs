namespace UsageReporting.EndToEndTests.Samples;

/// <summary>What a trace of system calls says about a program that has to touch nothing.</summary>
internal static class TracedCalls
{
    /// <summary>The calls that strace has to write down.</summary>
    public const string Watched =
        "%network,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,linkat";

    private const string Unfinished = " <unfinished ...>";
    private const string Resumed = " resumed>";

    /// <summary>
    /// The calls of a trace. One that another thread's came into stands in two lines, of which the second does not say what it was
    /// about.
    /// </summary>
    public static IReadOnlyList<string> Read(string trace)
    {
        List<string> calls = [];
        Dictionary<string, string> begun = [];
        foreach (string line in File.ReadLines(trace))
        {
            string thread = line.Split(' ', 2)[0];
            int resumed = line.IndexOf(Resumed, StringComparison.Ordinal);
            if (line.EndsWith(Unfinished, StringComparison.Ordinal))
            {
                begun[thread] = line[..^Unfinished.Length];
            }
            else if (resumed >= 0 && begun.Remove(thread, out string? beginning))
            {
                calls.Add(beginning + line[(resumed + Resumed.Length)..]);
            }
            else
            {
                calls.Add(line);
            }
        }

        // Of a program that was ended in the middle of them.
        return [.. calls, .. begun.Values];
    }

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
