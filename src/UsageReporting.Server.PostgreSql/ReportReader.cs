using System.Globalization;
using Npgsql;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Reads reports from the newest to the oldest, in portions.</summary>
internal sealed class ReportReader
{
    private const int FirstColumn = 5;

    private const string SelectEntries =
        "SELECT report_id, field, key, value FROM report_values WHERE product = $1 AND report_id BETWEEN $2 AND $3";

    private readonly NpgsqlConnection _connection;
    private readonly Product _product;
    private readonly (int Place, UsageFieldKind Kind)[] _columns;
    private readonly Dictionary<string, (int Place, UsageFieldKind Kind)> _sideFields;
    private readonly string _select;
    private readonly StoredReport _report;

    public ReportReader(NpgsqlConnection connection, Product product)
    {
        _connection = connection;
        _product = product;
        ReportSchema schema = product.Schema;
        _report = new StoredReport(schema.Fields.Count);
        (int Place, UsageField Field)[] fields = [.. schema.Fields.Index()];
        (int Place, UsageField Field)[] columns = [.. fields.Where(f => StoredForm.IsColumn(StoredForm.Of(f.Field.Kind)))];
        _columns = [.. columns.Select(f => (f.Place, f.Field.Kind))];
        _sideFields = fields.Except(columns).ToDictionary(
            f => f.Field.Name, f => (f.Place, f.Field.Kind), StringComparer.Ordinal);
        string[] names =
        [
            "id",
            "received",
            schema.Header.Identity is { Kind: not IdentityKind.None, Name: var id } ? SqlNames.Quote(SqlNames.Column(id)) : "NULL::TEXT",
            ReportTable.FirstSeen,
            ReportTable.Held,
            .. columns.Select(f => SqlNames.Quote(SqlNames.Column(f.Field.Name))),
        ];
        _select = $"""
            SELECT {string.Join(", ", names)} FROM {SqlNames.Table(product.Name)}
            WHERE id BETWEEN $1 AND $2 ORDER BY id DESC LIMIT {ServerLimits.CountedTogether}
            """;
    }

    /// <summary>Reads a portion.</summary>
    /// <returns>The lowest row number that was read; null where there was nothing left.</returns>
    public async Task<long?> ReadSomeAsync(long first, long last, Action<StoredReport> take, CancellationToken cancellationToken)
    {
        List<object?[]> reports = await RowsAsync(_select, cancellationToken, Arrays.Of(first), Arrays.Of(last));
        if (reports.Count == 0)
        {
            return null;
        }

        long lowest = (long)reports[^1][0]!;
        ILookup<long, object?[]> entries = (_sideFields.Count == 0
            ? []
            : await RowsAsync(SelectEntries, cancellationToken, Arrays.Of(_product.Name), Arrays.Of(lowest), Arrays.Of((long)reports[0][0]!)))
            .ToLookup(row => (long)row[0]!);
        foreach (object?[] row in reports)
        {
            Fill(row, entries[(long)row[0]!]);
            take(_report);
        }

        return lowest;
    }

    private void Fill(object?[] row, IEnumerable<object?[]> entries)
    {
        _ = DateField.TryRead((string)row[1]!, out DateTimeOffset received);
        _report.Received = received;
        _report.Id = Guid.TryParse((string?)row[2], out Guid id) ? id : null;
        _report.FirstSeen = row[3] is string day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        _report.IsHeld = row[4] is 1L;
        foreach ((int i, (int place, UsageFieldKind kind)) in _columns.Index())
        {
            object? value = row[FirstColumn + i];
            switch (kind)
            {
                case UsageFieldKind.Count:
                    _report.Set(place, (long?)value);
                    break;
                case UsageFieldKind.Flag:
                    _report.Set(place, value switch { null => null, 1L => StoredReport.Yes, _ => StoredReport.No });
                    break;
                default:
                    _report.Set(place, (string?)value);
                    break;
            }
        }

        _report.Entries.Clear();
        // A field that the schema had once is passed over.
        foreach (object?[] entry in entries.Where(entry => _sideFields.ContainsKey((string)entry[1]!)))
        {
            (int place, UsageFieldKind kind) = _sideFields[(string)entry[1]!];
            string? value = (string?)entry[3];
            _report.Entries.Add(new StoredEntry(
                place,
                (string)entry[2]!,
                kind == UsageFieldKind.Counts ? long.Parse(value!, CultureInfo.InvariantCulture) : null,
                kind == UsageFieldKind.Versions ? value : null));
        }
    }

    // Names come from schemas, whose names are letters, digits and underscores, and are quoted.
#pragma warning disable CA2100
    private async Task<List<object?[]>> RowsAsync(
        string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using NpgsqlCommand command = new(sql, _connection);
        command.Parameters.AddRange(parameters);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<object?[]> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            object?[] row = new object?[reader.FieldCount];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            rows.Add(row);
        }

        return rows;
    }
#pragma warning restore CA2100
}
