using System.Globalization;
using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Collectors;

/// <summary>
/// The ways of installing, in the order in which their signs are looked for. What the application runs in comes first,
/// then who packaged it, then what started it, then what form it has: a service within a container says that it is in a
/// container.
/// </summary>
internal static class InstallTypeTable
{
    public const string Distribution = "distro";
    public const string DistributionFile = "distro_info";
    public const string BuildFile = "build_info";

    public static IReadOnlyList<InstallTypeRow> Rows { get; } =
    [
        new("home-assistant", machine => machine.Variable("SUPERVISOR_TOKEN") is not null),
        new("kubernetes", machine => machine.Variable("KUBERNETES_SERVICE_HOST") is not null),
        new("app-service", machine => machine.Variable("WEBSITE_SITE_NAME") is not null),
        new("podman", machine => machine.Variable("container") == "podman"),
        new("docker", machine => machine.HasFile("/.dockerenv")),

        new("nixos", machine => machine.ExecutablePath?.Contains("/nix/store/", StringComparison.Ordinal) is true),
        new("snap", machine => machine.Variable("SNAP") is not null),
        new("flatpak", machine => machine.Variable("FLATPAK_ID") is not null),
        new(Distribution, machine => machine.HasFile(Beside(machine, DistributionFile))),
        new("microsoft-store", machine => IsBelow(machine, @"\WindowsApps\")),
        new("winget", machine => IsBelow(machine, @"\WinGet\Packages\")),
        new("scoop", machine => IsBelow(machine, @"\scoop\apps\")),
        new("chocolatey", machine => IsBelow(machine, @"\chocolatey\lib\")),
        new("homebrew", machine => IsBelow(machine, "/Cellar/") || IsBelow(machine, "/Caskroom/")),
        new("dotnet-tool", machine => machine.HasFile(Beside(machine, "DotnetToolSettings.xml"))),

        new("raspberry-pi-os", machine => machine.HasFile("/etc/rpi-issue")),
        new("wsl", machine => machine.Variable("WSL_DISTRO_NAME") is not null
            || machine.HasFile("/proc/sys/fs/binfmt_misc/WSLInterop")),
        new("windows-service", machine => machine.IsWindowsService),
        // Other variables of systemd are inherited by all that a service starts, a terminal for one; this one names the
        // process that it is meant for.
        new("systemd", machine =>
            machine.Variable("SYSTEMD_EXEC_PID") == machine.ProcessId.ToString(CultureInfo.InvariantCulture)),

        new("single-file", machine => machine.IsSingleFile),
        new("release", machine => machine.HasFile(Beside(machine, BuildFile))),
        new("source", _ => true),
    ];

    /// <summary>A file that a packager puts beside the application.</summary>
    public static string Beside(IMachine machine, string name) => Path.Combine(machine.ApplicationFolder, name);

    // The application's folder and not its executable, which is that of .NET for `dotnet app.dll`.
    private static bool IsBelow(IMachine machine, string folder) =>
        machine.ApplicationFolder.Contains(folder, StringComparison.OrdinalIgnoreCase);
}
