using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace UsageReporting.Server.Operators;

/// <summary>
/// What became of requests to report, by product, since this was made and in the last hour: it hears what the server counts for
/// everybody, and keeps of it what one page shows.
/// </summary>
internal sealed class RecentRequests : IDisposable
{
    private readonly ConcurrentDictionary<(string Product, string Outcome), MinuteCounts> _counts = new();
    private readonly MeterListener _listener = new();
    private readonly TimeProvider _time;

    public RecentRequests(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        Since = time.GetUtcNow();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument is { Name: "usage_reporting.reports", Meter.Name: ServerMeter.Name })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) => Count(count, tags));
        _listener.Start();
    }

    /// <summary>From when on it has counted.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>What became of a product's requests: an outcome, or of those that were refused the reason; by name.</summary>
    public IReadOnlyList<(string Outcome, long Total, long LastHour)> Of(string product)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return
        [
            .. from known in _counts
               where known.Key.Product == product
               orderby known.Key.Outcome
               let counts = known.Value.Read(now)
               select (known.Key.Outcome, counts.Total, counts.LastHour),
        ];
    }

    public void Dispose() => _listener.Dispose();

    // The last tag says most: a reason stands behind the outcome.
    private void Count(long count, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags is [{ Value: string product }, .., { Value: string outcome }])
        {
            _counts.GetOrAdd((product, outcome), static _ => new MinuteCounts()).Add(count, _time.GetUtcNow());
        }
    }
}
