namespace UsageReporting;

/// <summary>Words for <c>AddInstallTypeCollector</c>.</summary>
public static class InstallTypes
{
    /// <summary>
    /// The ways in which .NET applications are installed beside the nine that are always looked for:
    /// <c>home-assistant</c> (an add-on), <c>app-service</c>, <c>microsoft-store</c>, <c>winget</c>, <c>scoop</c>,
    /// <c>chocolatey</c>, <c>homebrew</c>, <c>dotnet-tool</c>, <c>raspberry-pi-os</c>, <c>wsl</c>,
    /// <c>windows-service</c>, <c>systemd</c> and <c>single-file</c>.
    /// </summary>
    public static IReadOnlyList<string> DotNet { get; } =
    [
        "home-assistant", "app-service", "microsoft-store", "winget", "scoop", "chocolatey", "homebrew", "dotnet-tool",
        "raspberry-pi-os", "wsl", "windows-service", "systemd", "single-file",
    ];
}
