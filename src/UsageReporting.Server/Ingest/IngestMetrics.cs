using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Ingest;

/// <summary>
/// Counts what arrives, by product and by what became of it: never a value, a name or an address. Tags are strings that
/// exist already, so that counting a report allocates nothing.
/// </summary>
internal sealed class IngestMetrics
{
    private readonly Counter<long> _reports;
    private readonly Counter<long> _unknownFields;

    public IngestMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(ServerMeter.Name);
        _reports = meter.CreateCounter<long>(
            "usage_reporting.reports", "{report}", "Requests to report, by product and what became of them.");
        _unknownFields = meter.CreateCounter<long>(
            "usage_reporting.unknown_fields", "{field}", "Fields of valid reports that the product's schema does not have.");
    }

    /// <summary>A request was refused before anything could be stored: a status from 400 on, but for 503 and the 429 of an installation.</summary>
    public void CountRejected(Product product, IResult answer) => _reports.Add(
        1,
        new KeyValuePair<string, object?>("product", product.Name),
        new KeyValuePair<string, object?>("outcome", "rejected"),
        new KeyValuePair<string, object?>("reason", RefusalReason.Of(answer)));

    /// <summary>A valid report came to the store.</summary>
    public void CountValid(Product product, int unknownFields, StoreOutcome outcome)
    {
        Count(product, outcome switch
        {
            StoreOutcome.Accepted => "accepted",
            StoreOutcome.AlreadyReported => "already_reported",
            _ => "unavailable",
        });
        if (unknownFields > 0)
        {
            _unknownFields.Add(unknownFields, new KeyValuePair<string, object?>("product", product.Name));
        }
    }

    private void Count(Product product, string outcome) => _reports.Add(
        1,
        new KeyValuePair<string, object?>("product", product.Name),
        new KeyValuePair<string, object?>("outcome", outcome));
}
