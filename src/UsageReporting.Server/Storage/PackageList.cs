namespace UsageReporting.Server;

/// <summary>A part of the packages that were ever installed.</summary>
/// <param name="Packages">Their numbers, in the order that was asked for.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Currency">How current the numbers are.</param>
public sealed record PackageList(IReadOnlyList<PackageInstalls> Packages, long Total, CounterCurrency Currency);
