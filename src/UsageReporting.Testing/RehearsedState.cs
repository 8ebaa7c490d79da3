using System.Collections.Concurrent;

namespace UsageReporting;

/// <summary>Keeps what must last in memory: for tests, in which a program ends and starts again.</summary>
public sealed class RehearsedState : IUsageStateStore
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, string> _documents = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Place => "memory";

    /// <summary>The documents by name; a test may change or damage one.</summary>
    public IDictionary<string, string> Documents => _documents;

    /// <inheritdoc/>
    public ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_documents.GetValueOrDefault(name));

    /// <inheritdoc/>
    public ValueTask<bool> TryReplaceAsync(string name, string? expected, string? text, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_documents.GetValueOrDefault(name) != expected)
            {
                return ValueTask.FromResult(false);
            }

            if (text is null)
            {
                _documents.TryRemove(name, out _);
            }
            else
            {
                _documents[name] = text;
            }

            return ValueTask.FromResult(true);
        }
    }
}
