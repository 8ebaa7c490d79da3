using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using UsageReporting.Server.Products;
using UsageReporting.Server.Sql;
using UsageReporting.Server.Validation;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Inserts the reports of one product.</summary>
internal sealed class ReportStatements : IDisposable
{
    private readonly sqlite3 _database;
    private readonly ReportTable _table;
    private readonly byte[][] _fieldNames;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _insertEntry;
    private readonly ReportIndex? _index;

    public ReportStatements(SqliteConnection connection, Product product)
    {
        _database = connection.Handle!;
        _table = new ReportTable(product);
        _fieldNames = [.. product.Schema.Fields.Select(field => Encoding.UTF8.GetBytes(field.Name))];
        _insert = new SqliteStatement(connection, new ReportTableSql(_table).Insert);
        _insertEntry = new SqliteStatement(
            connection, "INSERT INTO report_values (product, report_id, field, key, value) VALUES (?1, ?2, ?3, ?4, ?5)");
        _index = _table.Id is null ? null : new ReportIndex(connection, new ReportIndexSql(_table));
    }

    /// <summary>Inserts a report and says its row number.</summary>
    public long Insert(IncomingReport incoming, ReadOnlySpan<byte> firstSeen, bool isHeld)
    {
        Report report = incoming.Report;
        _insert.Bind(1, incoming.Received);
        _insert.Bind(2, firstSeen);
        _insert.Bind(3, isHeld ? 1 : 0);
        for (int i = 0; i < _table.Columns.Count; i++)
        {
            Bind(_insert, i + 4, report, report[_table.Columns[i].Slot]);
        }

        _insert.Run();
        long id = raw.sqlite3_last_insert_rowid(_database);
        InsertEntries(incoming, id);
        _index?.Note();
        return id;
    }

    /// <summary>Lets what finds reports by their installations follow.</summary>
    public void Index() => _index?.Follow();

    public void Dispose()
    {
        _index?.Dispose();
        _insertEntry.Dispose();
        _insert.Dispose();
    }

    private void InsertEntries(IncomingReport incoming, long reportId)
    {
        Span<byte> word = stackalloc byte[ServerLimits.TextLength];
        foreach (ReportEntry entry in incoming.Report.Entries)
        {
            _insertEntry.Bind(1, incoming.Product.NameUtf8);
            _insertEntry.Bind(2, reportId);
            _insertEntry.Bind(3, _fieldNames[entry.Slot - Report.FirstFieldSlot]);
            _insertEntry.Bind(4, word[..Encoding.UTF8.GetBytes(entry.Word, word)]);
            Bind(_insertEntry, 5, incoming.Report, entry.Value);
            _insertEntry.Run();
        }
    }

    private static void Bind(SqliteStatement statement, int parameter, Report report, FieldValue value)
    {
        if (!value.IsPresent)
        {
            statement.BindNull(parameter);
        }
        else if (value.IsText)
        {
            statement.Bind(parameter, report.Text(value));
        }
        else
        {
            statement.Bind(parameter, value.Number);
        }
    }
}
