using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>How it stands with a product.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SchemaTag">By what its schema is known.</param>
/// <param name="Fields">How many fields that has.</param>
/// <param name="Today">Reports accepted today, UTC.</param>
/// <param name="Yesterday">And on the day before.</param>
/// <param name="Kept">Reports that came on days whose reports are kept.</param>
/// <param name="Requests">What became of requests: the outcome or the reason of a refusal, since the server counts, and in the last hour.</param>
/// <param name="Freshness">How far its numbers have come.</param>
/// <param name="Anomalies">What is odd, the newest last.</param>
internal sealed record ProductState(
    string Name,
    string SchemaTag,
    int Fields,
    long Today,
    long Yesterday,
    long Kept,
    IReadOnlyList<(string Outcome, long Total, long LastHour)> Requests,
    Freshness Freshness,
    IReadOnlyList<Anomaly> Anomalies);
