using UsageReporting.Server.Products;
using UsageReporting.Server.Validation;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// The plain table of one product: its columns are the schema's fields. A field that a later schema adds gets its column
/// at the next start; the column of one that vanished stays, which is why none but the server's own is NOT NULL.
/// </summary>
internal sealed class ReportTable
{
    public ReportTable(Product product)
    {
        Name = SqliteNames.Table(product.Name);
        Columns =
        [
            new ReportColumn(SqliteNames.Column(product.Schema.Header.Identity.Name), Report.IdSlot, IsNumber: false),
            .. product.Schema.Fields
                .Select((field, i) => (field, slot: Report.FirstFieldSlot + i))
                .Where(f => !HasEntries(f.field))
                .Select(f => new ReportColumn(
                    SqliteNames.Column(f.field.Name), f.slot, f.field.Kind is UsageFieldKind.Flag or UsageFieldKind.Count)),
        ];
    }

    /// <summary>The table, quoted.</summary>
    public string Name { get; }

    public IReadOnlyList<ReportColumn> Columns { get; }

    public string CreateSql =>
        $"CREATE TABLE IF NOT EXISTS {Name} (id INTEGER PRIMARY KEY, received TEXT NOT NULL, "
        + $"{string.Join(", ", Columns.Select(c => c.Declaration))})";

    // The id is looked up when an installation is exported or erased. Words and versions are not indexed: each index is
    // one more tree to write for every report, and what is asked of these columns counts the whole table anyway.
    public string CreateIndexSql =>
        $"CREATE INDEX IF NOT EXISTS {SqliteNames.Quote($"ix_{Name.Trim('"')}_{Columns[0].Name}")} "
        + $"ON {Name} ({SqliteNames.Quote(Columns[0].Name)})";

    public string AddColumnSql(ReportColumn column) => $"ALTER TABLE {Name} ADD COLUMN {column.Declaration}";

    public string InsertSql =>
        $"INSERT INTO {Name} (received, {string.Join(", ", Columns.Select(c => SqliteNames.Quote(c.Name)))}) "
        + $"VALUES (?{string.Concat(Columns.Select(_ => ", ?"))})";

    private static bool HasEntries(UsageField field) =>
        field.Kind is UsageFieldKind.Set or UsageFieldKind.Counts or UsageFieldKind.Versions;
}
