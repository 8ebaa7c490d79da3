namespace UsageReporting.Server.Rollups;

/// <summary>
/// Counts installations by each word of a versions field, and those that have a word by its version: each of them stands in
/// exactly one cell there.
/// </summary>
internal sealed class VersionsTally(string field, int place) : FieldTally
{
    private readonly WordsTally _words = new(field, place);
    private readonly Dictionary<string, Dictionary<string, long>> _versions = new(StringComparer.Ordinal);

    public override void Add(StoredReport report)
    {
        _words.Add(report);
        foreach (StoredEntry entry in report.Entries.Where(entry => entry.Field == place))
        {
            if (!_versions.TryGetValue(entry.Word, out Dictionary<string, long>? versions))
            {
                _versions.Add(entry.Word, versions = new Dictionary<string, long>(StringComparer.Ordinal));
            }

            CountOne(versions, entry.Version!);
        }
    }

    public override IEnumerable<FieldRollup> Finish(long least)
    {
        foreach (FieldRollup words in _words.Finish(least))
        {
            yield return words;
            foreach (Cell word in words.Cells.Where(word => _versions.ContainsKey(word.Value)))
            {
                yield return Kept(
                    FieldRollup.NameOf(field, word.Value), _versions[word.Value], least, ServerLimits.RollupVersions);
            }
        }
    }
}
