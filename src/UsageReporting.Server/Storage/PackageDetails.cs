namespace UsageReporting.Server;

/// <summary>A package's counters.</summary>
/// <param name="Installs">Its numbers.</param>
/// <param name="Monthly">The same by month, the earliest first; months without an install are left out.</param>
/// <param name="Currency">How current they are.</param>
public sealed record PackageDetails(PackageInstalls Installs, IReadOnlyList<PackageMonth> Monthly, CounterCurrency Currency);
