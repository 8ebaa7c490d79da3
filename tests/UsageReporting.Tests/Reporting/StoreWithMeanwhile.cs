namespace UsageReporting.Tests.Reporting;

/// <summary>A store beside which another process does something after each change.</summary>
internal sealed class StoreWithMeanwhile(IUsageStateStore store, Func<Task> meanwhile) : IUsageStateStore
{
    public string Place => store.Place;

    public ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken) =>
        store.ReadAsync(name, cancellationToken);

    public async ValueTask<bool> TryReplaceAsync(
        string name, string? expected, string? text, CancellationToken cancellationToken)
    {
        bool isReplaced = await store.TryReplaceAsync(name, expected, text, cancellationToken);
        await meanwhile();
        return isReplaced;
    }
}
