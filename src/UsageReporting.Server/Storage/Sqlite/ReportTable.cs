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
        Product = product.Name;
        Name = SqliteNames.Table(product.Name);
        Id = product.Schema.Header.Identity is { Kind: not IdentityKind.None, Name: var id }
            ? new ReportColumn(SqliteNames.Column(id), Report.IdSlot, StoredForm.Text)
            : null;
        ReportColumn[] ofTheId = Id is null ? [] : [Id];
        Columns =
        [
            .. ofTheId,
            .. product.Schema.Fields
                .Select((field, i) => (field, slot: Report.FirstFieldSlot + i))
                .Where(f => StoredForm.IsColumn(StoredForm.Of(f.field.Kind)))
                .Select(f => new ReportColumn(SqliteNames.Column(f.field.Name), f.slot, StoredForm.Of(f.field.Kind))),
        ];
        Forms =
        [
            .. ofTheId.Select(column => KeyValuePair.Create(column.Name, column.Type)),
            .. product.Schema.Fields.Select(
                field => KeyValuePair.Create(SqliteNames.Column(field.Name), StoredForm.Of(field.Kind))),
        ];
    }

    /// <summary>Whose reports they are.</summary>
    public string Product { get; }

    /// <summary>The table, quoted.</summary>
    public string Name { get; }

    public IReadOnlyList<ReportColumn> Columns { get; }

    /// <summary>The column of the id; null where reports have none.</summary>
    public ReportColumn? Id { get; }

    /// <summary>Every field by the name of a column, also those without one, with the form of its values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Forms { get; }

    public string CreateSql =>
        $"CREATE TABLE IF NOT EXISTS {Name} (id INTEGER PRIMARY KEY, received TEXT NOT NULL, "
        + $"{string.Join(", ", Columns.Select(c => c.Declaration))})";

    // The id is looked up when an installation is exported or erased. Words and versions are not indexed: each index is
    // one more tree to write for every report, and what is asked of these columns counts the whole table anyway.
    public string? CreateIndexSql => Id is null
        ? null
        : $"CREATE INDEX IF NOT EXISTS {SqliteNames.Quote($"ix_{Name.Trim('"')}_{Id.Name}")} "
            + $"ON {Name} ({SqliteNames.Quote(Id.Name)})";

    public string AddColumnSql(ReportColumn column) => $"ALTER TABLE {Name} ADD COLUMN {column.Declaration}";

    public string InsertSql =>
        $"INSERT INTO {Name} (received, {string.Join(", ", Columns.Select(c => SqliteNames.Quote(c.Name)))}) "
        + $"VALUES (?{string.Concat(Columns.Select(_ => ", ?"))})";
}
