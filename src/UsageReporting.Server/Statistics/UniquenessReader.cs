using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>Looks at the newest reports for installations that can be told from all others.</summary>
internal sealed class UniquenessReader(IRollupStore store)
{
    public async Task<Uniqueness> ReadAsync(Product product, CancellationToken cancellationToken)
    {
        ReportSpan[] spans = [.. (await store.GetSpansAsync(product)).Where(span => !span.IsEmpty)];
        UniquenessCalculator calculator = new(product.Schema);
        if (spans.Length == 0)
        {
            return calculator.Finish(isAll: true);
        }

        (long lowest, long last) = (spans.Min(span => span.First), spans.Max(span => span.Last));
        long first = Math.Max(lowest, last - ServerLimits.UniqueReports + 1);
        QuarantineFilter filter = new(product.Schema, await store.GetQuarantinesAsync(product));
        await store.ReadReportsAsync(product, first, last, filter.Before(calculator.Add), cancellationToken);
        return calculator.Finish(isAll: first == lowest);
    }
}
