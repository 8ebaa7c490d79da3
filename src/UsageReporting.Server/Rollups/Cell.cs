namespace UsageReporting.Server.Rollups;

/// <summary>How many installations have one value.</summary>
internal readonly record struct Cell(string Value, long Installs);
