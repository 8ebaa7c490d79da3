using System.Diagnostics.Tracing;

namespace UsageReporting.Testing;

/// <summary>
/// Notices what the code of one test does with the network, of whatever library: names that are looked up, connections,
/// requests. What other tests do at the same time is not its business.
/// </summary>
internal sealed class NetworkWatch : EventListener
{
    private static readonly Dictionary<(string Source, string Event), string> Watched = new()
    {
        [("System.Net.NameResolution", "ResolutionStart")] = "a name was looked up",
        [("System.Net.Sockets", "ConnectStart")] = "a connection was opened",
        [("System.Net.Http", "RequestStart")] = "a request was sent",
    };

    private readonly AsyncLocal<bool> _isHere = new() { Value = true };
    private readonly Lock _lock = new();
    private readonly SortedSet<string> _seen = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (_lock)
            {
                return [.. _seen];
            }
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (Watched.Keys.Any(watched => watched.Source == eventSource.Name))
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base constructor enables sources before the fields are there.
        if (_isHere is { Value: true }
            && Watched.TryGetValue((eventData.EventSource.Name, eventData.EventName ?? ""), out string? what))
        {
            lock (_lock)
            {
                _seen.Add(what);
            }
        }
    }
}
