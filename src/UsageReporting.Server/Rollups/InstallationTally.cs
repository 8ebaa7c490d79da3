namespace UsageReporting.Server.Rollups;

/// <summary>
/// Counts installations by their reports, which it takes from the newest to the oldest: of an installation that reported
/// several times the newest report counts.
/// </summary>
/// <param name="isById">Whether a report stands for its id, or for an installation by itself.</param>
/// <param name="tallies">What the installations are counted by.</param>
/// <param name="pairs">And what by two fields together.</param>
internal sealed class InstallationTally(bool isById, IReadOnlyList<FieldTally> tallies, IReadOnlyList<PairTally> pairs)
{
    private readonly HashSet<Guid> _counted = [];
    private readonly HashSet<Guid> _held = [];
    private long _heldWithoutId;

    public long Installs { get; private set; }

    public void Add(StoredReport report)
    {
        if (report.IsHeld)
        {
            Hold(report);
        }
        else if (!isById || _counted.Add(report.Id!.Value))
        {
            Installs++;
            foreach (FieldTally tally in tallies)
            {
                tally.Add(report);
            }

            foreach (PairTally pair in pairs)
            {
                pair.Add(report);
            }
        }
    }

    /// <summary>How many are not believed yet. An installation that also came believed is none of them.</summary>
    public long CountHeld()
    {
        _held.ExceptWith(_counted);
        return _held.Count + _heldWithoutId;
    }

    public IReadOnlyList<FieldRollup> Finish(long least) => [.. tallies.SelectMany(tally => tally.Finish(least))];

    public IReadOnlyList<PairRollup> FinishPairs(IReadOnlyList<FieldRollup> fields) => [.. pairs.Select(pair => pair.Finish(fields))];

    private void Hold(StoredReport report)
    {
        if (isById)
        {
            _held.Add(report.Id!.Value);
        }
        else
        {
            _heldWithoutId++;
        }
    }
}
