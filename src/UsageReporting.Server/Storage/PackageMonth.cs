namespace UsageReporting.Server;

/// <summary>Installs of a package in a calendar month, UTC.</summary>
/// <param name="Month">Such as <c>2026-11</c>.</param>
/// <param name="Installs">Installs.</param>
/// <param name="Automatic">Installs by CI services, counted apart.</param>
public sealed record PackageMonth(string Month, long Installs, long Automatic);
