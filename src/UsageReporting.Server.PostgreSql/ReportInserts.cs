using System.Globalization;
using System.Text;
using Npgsql;
using UsageReporting.Server.Products;
using UsageReporting.Server.Sql;
using UsageReporting.Server.Validation;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Inserts the reports of one product, and their entries.</summary>
internal sealed class ReportInserts
{
    private const string InsertEntries = """
        INSERT INTO report_values (product, report_id, field, key, value, installation)
        SELECT $1, r.* FROM unnest($2, $3, $4, $5, $6) AS r
        """;

    private readonly ReportTable _table;
    private readonly string _insert;
    private readonly string[] _fieldNames;

    public ReportInserts(Product product)
    {
        _table = new ReportTable(product);
        _insert = PostgreSqlTableSql.Insert(_table);
        _fieldNames = [.. product.Schema.Fields.Select(field => field.Name)];
    }

    /// <param name="reports">Reports of one second; at least one.</param>
    public IEnumerable<NpgsqlBatchCommand> Of(List<ClaimedReport> reports)
    {
        yield return Arrays.Command(
            _insert,
            [
                Arrays.Of(DateField.Write(reports[0].Report.Incoming.Received)),
                Arrays.Of(reports, claimed => (long?)claimed.Number),
                Arrays.Of(reports, claimed => claimed.FirstSeen),
                Arrays.Of(reports, claimed => claimed.IsHeld ? 1L : 0),
                .. _table.Columns.Select(column => ColumnOf(reports, column)),
            ]);
        List<(ClaimedReport Claimed, ReportEntry Entry)> entries = [];
        foreach (ClaimedReport claimed in reports)
        {
            foreach (ReportEntry entry in claimed.Report.Incoming.Report.Entries)
            {
                entries.Add((claimed, entry));
            }
        }

        if (entries.Count > 0)
        {
            yield return Arrays.Command(
                InsertEntries,
                Arrays.Of(_table.Product),
                Arrays.Of(entries, row => (long?)row.Claimed.Number),
                Arrays.Of(entries, row => _fieldNames[row.Entry.Slot - Report.FirstFieldSlot]),
                Arrays.Of(entries, row => row.Entry.Word),
                Arrays.Of(entries, row => Text(row.Claimed.Report.Incoming.Report, row.Entry.Value)),
                Arrays.Of(entries, row => row.Claimed.Report.Key));
        }
    }

    private static NpgsqlParameter ColumnOf(List<ClaimedReport> reports, ReportColumn column) => column.Form == StoredForm.Integer
        ? Arrays.Of(reports, claimed => Value(claimed, column) is { IsPresent: true } value ? value.Number : (long?)null)
        : Arrays.Of(reports, claimed => Text(claimed.Report.Incoming.Report, Value(claimed, column)));

    private static FieldValue Value(ClaimedReport claimed, ReportColumn column) => claimed.Report.Incoming.Report[column.Slot];

    private static string? Text(Report report, FieldValue value) =>
        !value.IsPresent ? null
        : value.IsText ? Encoding.UTF8.GetString(report.Text(value))
        : value.Number.ToString(CultureInfo.InvariantCulture);
}
