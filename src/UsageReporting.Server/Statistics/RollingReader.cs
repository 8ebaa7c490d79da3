using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// Counts the installations of the last 7 and 30 days from their reports, for readers with a key. That reads all reports of
/// the time, so that one reader's numbers serve others for some minutes; and it goes on when its reader has gone, so that the
/// next one finds them.
/// </summary>
internal sealed class RollingReader(IRollupStore store, TimeProvider time) : IDisposable
{
    private static readonly int[] Days = [7, 30];

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<Product, (DateTimeOffset Since, Task<IReadOnlyDictionary<int, RollingNumbers>> Numbers)> _counted = [];

    /// <returns>By days; null where ids do not stay.</returns>
    public async Task<IReadOnlyDictionary<int, RollingNumbers>?> ReadAsync(Product product, CancellationToken cancellationToken) =>
        RollingCalculator.CanCount(product.Schema) ? await Count(product).WaitAsync(cancellationToken) : null;

    /// <summary>Ends what is being counted: no reader is left on the database.</summary>
    public void Dispose()
    {
        _end.Cancel();
        Task[] counting;
        lock (_lock)
        {
            counting = [.. _counted.Values.Select(counted => counted.Numbers)];
        }

        // What one of them failed with, its readers know.
        Array.ForEach(counting, numbers => Task.WhenAny(numbers).GetAwaiter().GetResult());

        _end.Dispose();
    }

    private Task<IReadOnlyDictionary<int, RollingNumbers>> Count(Product product)
    {
        DateTimeOffset now = StoredTime.Now(time);
        lock (_lock)
        {
            if (!_counted.TryGetValue(product, out var counted)
                || (counted.Numbers.IsCompleted
                    && (!counted.Numbers.IsCompletedSuccessfully || (now - counted.Since).Duration() >= ServerLimits.RollingFor)))
            {
                _counted[product] = counted = (now, Task.Run(() => CountAsync(product, now, _end.Token)));
            }

            return counted.Numbers;
        }
    }

    private async Task<IReadOnlyDictionary<int, RollingNumbers>> CountAsync(
        Product product, DateTimeOffset now, CancellationToken cancellationToken)
    {
        OrderedDictionary<int, RollingCalculator> calculators = [];
        foreach (int days in Days)
        {
            calculators.Add(days, new RollingCalculator(product.Schema, now.AddDays(-days)));
        }

        DateOnly first = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-Days.Max());
        ReportSpan[] spans =
        [
            .. (await store.GetSpansAsync(product)).Where(span => RollupSchedule.TryDay(span.Name, out DateOnly day) && day >= first && !span.IsEmpty),
        ];
        if (spans.Length > 0)
        {
            QuarantineFilter filter = new(product.Schema, await store.GetQuarantinesAsync(product));
            await store.ReadReportsAsync(
                product,
                spans.Min(span => span.First),
                spans.Max(span => span.Last),
                filter.Before(report =>
                {
                    foreach (RollingCalculator calculator in calculators.Values)
                    {
                        calculator.Add(report);
                    }
                }),
                cancellationToken);
        }

        OrderedDictionary<int, RollingNumbers> numbers = [];
        foreach ((int days, RollingCalculator calculator) in calculators)
        {
            numbers.Add(days, calculator.Finish());
        }

        return numbers;
    }
}
