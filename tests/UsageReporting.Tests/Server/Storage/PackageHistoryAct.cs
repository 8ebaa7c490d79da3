namespace UsageReporting.Tests.Server.Storage;

/// <summary>One thing that happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Package">Of an install: which package, by its place among them.</param>
/// <param name="Client">Of an install: whose.</param>
/// <param name="IsAutomatic">Of an install: whether a CI service makes it.</param>
/// <param name="Time">Of passing time: how much, less than nothing where the clock is set back.</param>
internal sealed record PackageHistoryAct(PackageHistoryKind Kind, int Package, int Client, bool IsAutomatic, TimeSpan Time);
