using System.Globalization;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// Finds installations that are alone in two or three fields. Each set of fields is a pass over all installations, so that both are
/// bounded: the newest installations, and the fields with the most values, as those tell people apart.
/// </summary>
internal sealed class UniquenessCalculator
{
    private readonly (int Place, string Name)[] _fields;
    private readonly HashSet<Guid> _seen = [];
    private readonly List<int>[] _values;
    private readonly Dictionary<string, int>[] _numbers;
    private bool _isFull;

    public UniquenessCalculator(ReportSchema schema)
    {
        _fields = [.. schema.Fields.Index().Where(field => BookkeepingFields.IsCounted(field.Item)).Select(field => (field.Index, field.Item.Name))];
        _values = [.. _fields.Select(_ => new List<int>())];
        _numbers = [.. _fields.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
    }

    /// <summary>Takes a report, the newest first. The first one of an installation counts; what is held back does not, and takes nobody's place.</summary>
    public void Add(StoredReport report)
    {
        if (report.IsHeld || (report.Id is { } id && _seen.Contains(id)))
        {
            return;
        }

        if (_isFull |= Installs == ServerLimits.UniqueInstalls)
        {
            return;
        }

        if (report.Id is { } known)
        {
            _seen.Add(known);
        }

        for (int i = 0; i < _fields.Length; i++)
        {
            string value = ValueOf(report, _fields[i].Place);
            if (!_numbers[i].TryGetValue(value, out int number))
            {
                _numbers[i].Add(value, number = _numbers[i].Count);
            }

            _values[i].Add(number);
        }
    }

    /// <param name="isAll">Whether every report that is kept was among those that it was given.</param>
    public Uniqueness Finish(bool isAll)
    {
        int[] chosen =
        [
            .. Enumerable.Range(0, _fields.Length).Where(i => _numbers[i].Count > 1)
                .OrderByDescending(i => _numbers[i].Count).Take(ServerLimits.UniqueFields).Order(),
        ];
        // Of each installation the fields without which it is alone in no set, and whether it is in any.
        uint[] common = new uint[Installs];
        bool[] isAlone = new bool[Installs];
        Array.Fill(common, uint.MaxValue);
        List<FieldSet> sets = [];
        foreach (int[] set in SetsOf(chosen.Length))
        {
            uint mask = set.Aggregate(0u, (bits, field) => bits | (1u << field));
            int unique = 0;
            foreach (int install in AloneIn([.. set.Select(field => _values[chosen[field]])]))
            {
                unique++;
                isAlone[install] = true;
                common[install] &= mask;
            }

            sets.Add(new FieldSet([.. set.Select(field => _fields[chosen[field]].Name)], unique));
        }

        int alone = isAlone.Count(is_ => is_);
        return new Uniqueness(
            Installs,
            isAll && !_isFull,
            [.. chosen.Select(field => _fields[field].Name)],
            alone,
            [.. Worst(sets)],
            [
                .. chosen.Index()
                    .Select(field => (_fields[field.Item].Name, alone - common.Where((bits, install) => isAlone[install] && (bits & (1u << field.Index)) != 0).Count()))
                    .OrderBy(field => field.Item2),
            ]);
    }

    private int Installs => _values.Length == 0 ? 0 : _values[0].Count;

    // Of twos and of threes as many: who is alone in two fields is alone in these with any third one, and threes would take all places.
    private static IEnumerable<FieldSet> Worst(IEnumerable<FieldSet> sets) =>
        sets.Where(set => set.Unique > 0)
            .GroupBy(set => set.Fields.Count)
            .SelectMany(size => size.OrderByDescending(set => set.Unique).Take(ServerLimits.ListedSets))
            .OrderByDescending(set => set.Unique).ThenBy(set => set.Fields.Count);

    private static IEnumerable<int[]> SetsOf(int fields)
    {
        for (int a = 0; a < fields; a++)
        {
            for (int b = a + 1; b < fields; b++)
            {
                yield return [a, b];
                for (int c = b + 1; c < fields; c++)
                {
                    yield return [a, b, c];
                }
            }
        }
    }

    // A value's number is below that of the installations, so that three of them are one long.
    private IEnumerable<int> AloneIn(List<int>[] values)
    {
        Dictionary<long, int> only = new(Installs);
        for (int install = 0; install < Installs; install++)
        {
            long key = 0;
            foreach (List<int> of in values)
            {
                key = (key * (ServerLimits.UniqueInstalls + 1)) + of[install];
            }

            only[key] = only.ContainsKey(key) ? -1 : install;
        }

        return only.Values.Where(install => install >= 0);
    }

    private static string ValueOf(StoredReport report, int place) =>
        report.Text(place)
        ?? report.Number(place)?.ToString(CultureInfo.InvariantCulture)
        ?? string.Join(
            '\n',
            report.Entries.Where(entry => entry.Field == place).OrderBy(entry => entry.Word, StringComparer.Ordinal)
                .Select(entry => FormattableString.Invariant($"{entry.Word} {entry.Number}{entry.Version}")));
}
