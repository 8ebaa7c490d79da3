using System.Globalization;
using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Collectors;

/// <summary>
/// The release of an operating system, as coarse as people name it: <c>debian-12</c>, <c>ubuntu-24.04</c>, <c>11</c> of
/// Windows, <c>15</c> of macOS. A kernel or a build number would be much rarer, and so would tell machines apart.
/// </summary>
internal static class SystemRelease
{
    private const int FirstBuildOfWindows11 = 22_000;
    private const int LongestNumber = 4;

    // What is not listed is not told: a distribution of one's own would be known among all others.
    private static readonly Vocabulary Distributions =
    [
        "almalinux", "alpine", "amzn", "arch", "azurelinux", "cachyos", "centos", "debian", "elementary", "endeavouros",
        "fedora", "gentoo", "kali", "linuxmint", "manjaro", "nixos", "ol", "opensuse-leap", "opensuse-tumbleweed", "pop",
        "raspbian", "rhel", "rocky", "slackware", "sles", "solus", "ubuntu", "void", "wolfi", "zorin",
    ];

    public static string? Of(IMachine machine) => machine.SystemFamily switch
    {
        "linux" => OfLinux(machine.FileText("/etc/os-release") ?? machine.FileText("/usr/lib/os-release") ?? ""),
        "windows" => machine.SystemVersion.Build >= FirstBuildOfWindows11 ? "11" : "10",
        "macos" or "freebsd" => machine.SystemVersion.Major.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? OfLinux(string osRelease)
    {
        string? distribution = Distributions.Find(Entry(osRelease, "ID"));
        string number = Coarse(Entry(osRelease, "VERSION_ID") ?? "");
        return distribution is null || number.Length == 0 ? distribution : $"{distribution}-{number}";
    }

    // At most two numbers; a longer one is a date, the build of a distribution that rolls.
    private static string Coarse(string version) => string.Join('.', version.Split('.').Take(2).TakeWhile(
        number => number.Length is > 0 and <= LongestNumber && number.All(char.IsAsciiDigit)));

    private static string? Entry(string osRelease, string name) =>
        osRelease.Split('\n').FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))
            ?[(name.Length + 1)..].Trim().Trim('"', '\'');
}
