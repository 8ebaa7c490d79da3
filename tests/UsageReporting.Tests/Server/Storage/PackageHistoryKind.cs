namespace UsageReporting.Tests.Server.Storage;

/// <summary>What may happen to a store of installs.</summary>
internal enum PackageHistoryKind
{
    Install,
    Pass,
    RollUp,
    Restart,
}
