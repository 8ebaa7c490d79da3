namespace UsageReporting.Server.Rollups;

/// <summary>One entry of a set, counts or versions field of a stored report.</summary>
/// <param name="Field">The field's place in the schema.</param>
/// <param name="Word">The word.</param>
/// <param name="Number">What counts has for it.</param>
/// <param name="Version">What versions has for it.</param>
internal readonly record struct StoredEntry(int Field, string Word, long? Number = null, string? Version = null);
