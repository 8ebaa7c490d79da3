namespace UsageReporting.Server.Downloads;

/// <summary>Tells the job that something was counted.</summary>
internal sealed class PackageRollupSignal
{
    // There may be what a server before this one left.
    private volatile bool _isSet = true;

    public bool IsSet => _isSet;

    public void Set() => _isSet = true;

    /// <summary>Asked for before the counters are brought up to date, so that nothing which comes meanwhile is missed.</summary>
    public void Clear() => _isSet = false;
}
