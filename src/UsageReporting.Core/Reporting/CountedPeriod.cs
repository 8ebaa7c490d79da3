namespace UsageReporting;

/// <summary>
/// What was counted in one period: the one of a report that waits to be sent or for its answer, or the one that goes on
/// until the next report is composed.
/// </summary>
/// <param name="Since">When the period began: with a report, or with the choice; null where that is not known.</param>
/// <param name="Until">When the report that waits was agreed to; null in the period that goes on.</param>
/// <param name="Goes">What the report holds, or would if it were composed now.</param>
/// <param name="Stays">
/// What it does not hold: what was counted to stay here, what may not be sent as things stand, and what is more than the
/// field allows in one report.
/// </param>
public sealed record CountedPeriod(
    DateTimeOffset? Since, DateTimeOffset? Until, IReadOnlyList<CountedWord> Goes, IReadOnlyList<CountedWord> Stays);
