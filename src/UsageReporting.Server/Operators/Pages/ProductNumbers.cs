using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>What the database knows of a product.</summary>
/// <param name="Today">Reports accepted today, UTC.</param>
/// <param name="Yesterday">And on the day before.</param>
/// <param name="Kept">Reports that came on days whose reports are kept.</param>
/// <param name="Freshness">How far its numbers have come.</param>
/// <param name="Anomalies">What is odd, the newest last.</param>
internal sealed record ProductNumbers(long Today, long Yesterday, long Kept, Freshness Freshness, IReadOnlyList<Anomaly> Anomalies);
