namespace UsageReporting.Server.Rollups;

/// <summary>How many installations have one value of each of two fields.</summary>
internal readonly record struct PairCell(string Row, string Column, long Installs);
