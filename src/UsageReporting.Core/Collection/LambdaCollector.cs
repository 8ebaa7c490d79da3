namespace UsageReporting.Core.Collection;

/// <summary>A collector that the host wrote as a function.</summary>
internal sealed class LambdaCollector(Func<UsageValues, CancellationToken, ValueTask> collect) : IUsageCollector
{
    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken) =>
        collect(values, cancellationToken);
}
