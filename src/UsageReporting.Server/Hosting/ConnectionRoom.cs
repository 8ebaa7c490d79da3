using System.Globalization;

namespace UsageReporting.Server.Hosting;

/// <summary>
/// How many connections the process has files for. A .NET process that runs out of them does not only refuse: it ends
/// with "Out of memory." as soon as the runtime itself needs one.
/// </summary>
internal static class ConnectionRoom
{
    private const string Limits = "/proc/self/limits";

    public static int Find() => File.Exists(Limits) ? In(File.ReadAllLines(Limits)) : ServerLimits.Connections;

    /// <summary>Reads it from the lines in which Linux shows a process its limits.</summary>
    public static int In(IEnumerable<string> limits)
    {
        string? files = limits.FirstOrDefault(line => line.StartsWith("Max open files ", StringComparison.Ordinal))
            ?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return long.TryParse(files, NumberStyles.None, CultureInfo.InvariantCulture, out long most)
            ? (int)Math.Clamp(most - ServerLimits.OtherFiles, 1, ServerLimits.Connections)
            : ServerLimits.Connections;
    }
}
