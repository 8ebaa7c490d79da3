using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>One value of a field, and which part of the installations has it.</summary>
/// <param name="Label">The value as people read it.</param>
/// <param name="Share">Their share.</param>
/// <param name="Interval">Between which shares the true one is likely to lie.</param>
/// <param name="IsRest">Whether it is no value of the field: what is folded, or was not reported.</param>
internal sealed record Bar(string Label, double Share, ShareInterval Interval, bool IsRest);
