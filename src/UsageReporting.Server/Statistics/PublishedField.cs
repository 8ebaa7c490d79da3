using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>What may be said of one field in one window.</summary>
/// <param name="Name">The field's name, or that of the versions of one of its words.</param>
/// <param name="Values">Installations by value, in the order in which a chart shows them.</param>
/// <param name="Quartiles">Of a count, or of each word of a counts field.</param>
internal sealed record PublishedField(string Name, IReadOnlyList<Cell> Values, IReadOnlyList<Quartiles> Quartiles);
