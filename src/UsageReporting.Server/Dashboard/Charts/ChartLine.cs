namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>A number in each of several windows.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Values">The number; null where it is not said.</param>
internal sealed record ChartLine(string Label, IReadOnlyList<double?> Values);
