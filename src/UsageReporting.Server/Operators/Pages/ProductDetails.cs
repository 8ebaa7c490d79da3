using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>What the operator sees of one product.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="KeptSince">The first day whose reports are kept.</param>
/// <param name="Anomalies">What is odd.</param>
/// <param name="Quarantines">What is set aside.</param>
/// <param name="Hidden">The fields that are on no public page, because an operator said so.</param>
/// <param name="Versions">The schemas that it had, the newest first.</param>
internal sealed record ProductDetails(
    ReportSchema Schema,
    DateOnly KeptSince,
    IReadOnlyList<Anomaly> Anomalies,
    IReadOnlyList<Quarantine> Quarantines,
    IReadOnlySet<string> Hidden,
    IReadOnlyList<SchemaVersion> Versions);
