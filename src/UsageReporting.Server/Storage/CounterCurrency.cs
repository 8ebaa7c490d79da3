namespace UsageReporting.Server;

/// <summary>How current counters of packages are.</summary>
/// <param name="AsOf">When they were last brought up to date, UTC; null if they never were.</param>
/// <param name="Behind">Installs that are counted and not yet in them.</param>
public sealed record CounterCurrency(DateTimeOffset? AsOf, long Behind);
