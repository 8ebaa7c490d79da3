using System.Globalization;

namespace UsageReporting.Server.Rollups;

/// <summary>Knows which reports are set aside. Where there are none it costs nothing.</summary>
internal sealed class QuarantineFilter
{
    private readonly (Quarantine Quarantine, int Place)[] _quarantines;

    public QuarantineFilter(ReportSchema schema, IEnumerable<Quarantine> quarantines)
    {
        List<string> names = [.. schema.Fields.Select(field => field.Name)];
        // A field that the schema has no longer is not read, and nothing of it is held.
        _quarantines = [.. quarantines.Select(q => (q, names.IndexOf(q.Field))).Where(q => !q.q.IsOfAField || q.Item2 >= 0)];
    }

    /// <summary>Hands on what is not set aside.</summary>
    public Action<StoredReport> Before(Action<StoredReport> take) => _quarantines.Length == 0 ? take : report =>
    {
        if (!Holds(report))
        {
            take(report);
        }
    };

    public bool Holds(StoredReport report)
    {
        foreach ((Quarantine quarantine, int place) in _quarantines)
        {
            if (report.Received >= quarantine.Since && report.Received < quarantine.Until
                && (!quarantine.IsOfAField || Has(report, place, quarantine.Value)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(StoredReport report, int place, string value) =>
        report.Text(place) == value
        || report.Number(place)?.ToString(CultureInfo.InvariantCulture) == value
        || report.Entries.Exists(entry => entry.Field == place && entry.Word == value);
}
