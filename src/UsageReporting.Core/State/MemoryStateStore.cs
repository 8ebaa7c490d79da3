namespace UsageReporting.Core.State;

/// <summary>
/// Keeps documents until the process ends: where nothing can be written, a report that needs nothing to last is still sent
/// once.
/// </summary>
internal sealed class MemoryStateStore(UsageTexts texts) : IUsageStateStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _documents = [];

    public string Place => texts.Get("PlaceInMemory");

    public ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_documents.GetValueOrDefault(name));
        }
    }

    public ValueTask<bool> TryReplaceAsync(
        string name, string? expected, string? text, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_documents.GetValueOrDefault(name) != expected)
            {
                return ValueTask.FromResult(false);
            }

            if (text is null)
            {
                _documents.Remove(name);
            }
            else
            {
                _documents[name] = text;
            }

            return ValueTask.FromResult(true);
        }
    }
}
