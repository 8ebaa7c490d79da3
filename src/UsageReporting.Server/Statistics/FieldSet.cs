namespace UsageReporting.Server.Statistics;

/// <summary>Two or three fields, and how many installations have their values alone.</summary>
/// <param name="Fields">The fields, in the order of the schema.</param>
/// <param name="Unique">Installations that no other is like in all of them.</param>
internal sealed record FieldSet(IReadOnlyList<string> Fields, int Unique);
