using System.Buffers.Text;
using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// Reads reports from the newest to the oldest, in portions. Between them it holds no lock on the log, which could not be
/// begun anew meanwhile and would grow with each report that is stored.
/// </summary>
internal sealed class StoredReportReader : IDisposable
{
    private const int FirstColumn = 5;

    private readonly SqliteStatement _reports;
    private readonly SqliteStatement _entries;
    private readonly (int Place, UsageFieldKind Kind, TextPool Texts)[] _columns;
    private readonly Dictionary<string, (int Place, UsageFieldKind Kind)> _sideFields;
    private readonly TextPool _words = new();
    private readonly StoredReport _report;
    private readonly bool _hasId;

    public StoredReportReader(SqliteConnection connection, Product product)
    {
        ReportSchema schema = product.Schema;
        _hasId = schema.Header.Identity.Kind != IdentityKind.None;
        _report = new StoredReport(schema.Fields.Count);
        (int Place, UsageField Field)[] fields = [.. schema.Fields.Index()];
        (int Place, UsageField Field)[] columns = [.. fields.Where(f => StoredForm.IsColumn(StoredForm.Of(f.Field.Kind)))];
        _columns = [.. columns.Select(f => (f.Place, f.Field.Kind, new TextPool()))];
        _sideFields = fields.Except(columns).ToDictionary(
            f => f.Field.Name, f => (f.Place, f.Field.Kind), StringComparer.Ordinal);

        string[] names =
        [
            "id",
            "received",
            _hasId ? SqlNames.Quote(SqlNames.Column(schema.Header.Identity.Name)) : "NULL",
            ReportTable.FirstSeen,
            ReportTable.Held,
            .. columns.Select(f => SqlNames.Quote(SqlNames.Column(f.Field.Name))),
        ];
        _reports = new SqliteStatement(connection, $"""
            SELECT {string.Join(", ", names)} FROM {SqlNames.Table(product.Name)}
            WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT {ServerLimits.CountedTogether}
            """);
        _entries = new SqliteStatement(connection, """
            SELECT report_id, field, key, value FROM report_values
            WHERE product = ?1 AND report_id BETWEEN ?2 AND ?3 ORDER BY report_id DESC
            """);
        _entries.Bind(1, product.NameUtf8);
    }

    /// <summary>Reads a portion.</summary>
    /// <returns>The lowest row number that was read; null where there was nothing left.</returns>
    public long? ReadSome(long first, long last, Action<StoredReport> take)
    {
        long? lowest = null;
        _reports.Bind(1, first);
        _reports.Bind(2, last);
        _entries.Bind(2, first);
        _entries.Bind(3, last);
        try
        {
            bool hasEntry = _sideFields.Count > 0 && _entries.Step();
            while (_reports.Step())
            {
                long id = _reports.Number(0);
                lowest = id;
                ReadColumns();
                _report.Entries.Clear();
                while (hasEntry && _entries.Number(0) >= id)
                {
                    ReadEntry(id);
                    hasEntry = _entries.Step();
                }

                take(_report);
            }
        }
        finally
        {
            _entries.Reset();
            _reports.Reset();
        }

        return lowest;
    }

    public void Dispose()
    {
        _entries.Dispose();
        _reports.Dispose();
    }

    private void ReadColumns()
    {
        _report.Received = StoredTime.Read(_reports.Bytes(1));
        _report.Id = _hasId && Utf8Parser.TryParse(_reports.Bytes(2), out Guid id, out _) ? id : null;
        _report.FirstSeen = _reports.IsNull(3) ? null : StoredTime.ReadDay(_reports.Bytes(3));
        _report.IsHeld = _reports.Number(4) == 1;
        for (int i = 0; i < _columns.Length; i++)
        {
            (int place, UsageFieldKind kind, TextPool texts) = _columns[i];
            int column = FirstColumn + i;
            bool isThere = !_reports.IsNull(column);
            switch (kind)
            {
                case UsageFieldKind.Count:
                    _report.Set(place, isThere ? _reports.Number(column) : (long?)null);
                    break;
                case UsageFieldKind.Flag:
                    _report.Set(place, !isThere ? null : _reports.Number(column) == 1 ? StoredReport.Yes : StoredReport.No);
                    break;
                default:
                    _report.Set(place, isThere ? texts.Of(_reports.Bytes(column)) : null);
                    break;
            }
        }
    }

    // A field that the schema had once is passed over, and so is what belongs to a report that is gone.
    private void ReadEntry(long id)
    {
        if (_entries.Number(0) == id && _sideFields.TryGetValue(_words.Of(_entries.Bytes(1)), out (int Place, UsageFieldKind Kind) field))
        {
            _report.Entries.Add(new StoredEntry(
                field.Place,
                _words.Of(_entries.Bytes(2)),
                field.Kind == UsageFieldKind.Counts ? _entries.Number(3) : null,
                field.Kind == UsageFieldKind.Versions ? _words.Of(_entries.Bytes(3)) : null));
        }
    }
}
