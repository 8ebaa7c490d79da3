using System.Collections.Concurrent;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// Counts the installations of the last 7 and 30 days from their reports, for readers with a key. That reads all reports of
/// the time, so that one reader's numbers serve others for some minutes.
/// </summary>
internal sealed class RollingReader(IRollupStore store, TimeProvider time) : IDisposable
{
    private static readonly int[] Days = [7, 30];

    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<Product, (DateTimeOffset Made, IReadOnlyDictionary<int, RollingNumbers> Numbers)> _made = [];

    /// <returns>By days; null where ids do not stay.</returns>
    public async Task<IReadOnlyDictionary<int, RollingNumbers>?> ReadAsync(Product product, CancellationToken cancellationToken)
    {
        if (!RollingCalculator.CanCount(product.Schema))
        {
            return null;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            DateTimeOffset now = StoredTime.Now(time);
            if (!_made.TryGetValue(product, out var made) || (now - made.Made).Duration() >= ServerLimits.RollingFor)
            {
                _made[product] = made = (now, await CountAsync(product, now, cancellationToken));
            }

            return made.Numbers;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

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
            await store.ReadReportsAsync(
                product,
                spans.Min(span => span.First),
                spans.Max(span => span.Last),
                report =>
                {
                    foreach (RollingCalculator calculator in calculators.Values)
                    {
                        calculator.Add(report);
                    }
                },
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
