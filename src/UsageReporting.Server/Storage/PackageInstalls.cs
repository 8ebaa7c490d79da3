namespace UsageReporting.Server;

/// <summary>How often a package was installed. Installs of CI services are counted apart.</summary>
/// <param name="Name">The package, vendor and slash included.</param>
/// <param name="Total">All installs.</param>
/// <param name="Last30Days">Those of the last 30 days.</param>
/// <param name="AutomaticTotal">All installs by CI services.</param>
/// <param name="AutomaticLast30Days">Those of the last 30 days.</param>
/// <param name="LastInstalledAt">The latest install that no CI service made, UTC; null if there is none.</param>
public sealed record PackageInstalls(
    string Name, long Total, long Last30Days, long AutomaticTotal, long AutomaticLast30Days, DateTimeOffset? LastInstalledAt);
