namespace UsageReporting;

/// <summary>Fills declared fields with values, when a report is composed.</summary>
/// <remarks>
/// Created anew for each report, in a scope of its own, so that it may take a <c>DbContext</c>; never created when
/// nothing that it fills may be reported. It may throw and it may be slow: that costs its own fields and nothing else.
/// </remarks>
public interface IUsageCollector
{
    /// <summary>Reads what is to be reported.</summary>
    /// <param name="values">Where the values go.</param>
    /// <param name="cancellationToken">Cancelled when the host stops or the collector's time, 5 s, is over.</param>
    ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken);
}
