using UsageReporting.Server.Products;
using UsageReporting.Server.Validation;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// The plain table of one product: its columns are the schema's fields. A field that a later schema adds gets its column
/// at the next start; the column of one that vanished stays, which is why none but the time is NOT NULL. Columns of the
/// server's own begin with an underscore, as no field does: how the report is counted.
/// </summary>
internal sealed class ReportTable
{
    /// <summary>The day of the installation's first report, as it was known when this one came.</summary>
    public const string FirstSeen = "_first_seen";

    /// <summary>1 where the installation was not believed yet.</summary>
    public const string Held = "_held";

    private readonly string _oldPeriod;

    public ReportTable(Product product)
    {
        _oldPeriod = product.Schema.Find(IdentityFields.PeriodName) is null ? "" : $", OLD.{IdentityFields.PeriodName}";
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
            KeyValuePair.Create(FirstSeen, StoredForm.Text),
            KeyValuePair.Create(Held, StoredForm.Integer),
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
        + $"{string.Join(", ", Columns.Select(c => c.Declaration))}, {FirstSeen} TEXT, {Held} INTEGER)";

    // The id is looked up when an installation is exported or erased. Words and versions are not indexed: each index is
    // one more tree to write for every report, and what is asked of these columns counts the whole table anyway.
    public string? CreateIndexSql => Id is null
        ? null
        : $"CREATE INDEX IF NOT EXISTS {SqliteNames.Quote($"ix_{Name.Trim('"')}_{Id.Name}")} "
            + $"ON {Name} ({SqliteNames.Quote(Id.Name)})";

    public string AddColumnSql(ReportColumn column) => $"ALTER TABLE {Name} ADD COLUMN {column.Declaration}";

    /// <summary>For a table of the time before reports were counted.</summary>
    public string AddCountingSql => $"""
        ALTER TABLE {Name} ADD COLUMN {FirstSeen} TEXT;
        ALTER TABLE {Name} ADD COLUMN {Held} INTEGER;
        INSERT INTO report_spans (product, span, first_id, last_id, came)
        SELECT $1, substr(received, 1, {StoredTime.DayLength}), min(id), max(id), count(*) FROM {Name} GROUP BY 2;
        """;

    /// <summary>
    /// Makes every deletion a change of its day or window, whoever deletes: numbers do not keep what was erased. Its entries go
    /// with a report, as the next one may have its row number.
    /// </summary>
    public string CreateTriggerSql => $"""
        DROP TRIGGER IF EXISTS {SqliteNames.Quote($"erased_{Name.Trim('"')}")};
        CREATE TRIGGER {SqliteNames.Quote($"erased_{Name.Trim('"')}")} AFTER DELETE ON {Name} BEGIN
            UPDATE report_spans SET went = went + 1
            WHERE product = '{Product}' AND span IN (substr(OLD.received, 1, {StoredTime.DayLength}){_oldPeriod});
            DELETE FROM report_values WHERE product = '{Product}' AND report_id = OLD.id;
        END;
        DELETE FROM report_values WHERE product = '{Product}' AND report_id > (SELECT coalesce(max(id), 0) FROM {Name});
        """;

    public string InsertSql =>
        $"INSERT INTO {Name} (received, {FirstSeen}, {Held}, {string.Join(", ", Columns.Select(c => SqliteNames.Quote(c.Name)))}) "
        + $"VALUES (?, ?, ?{string.Concat(Columns.Select(_ => ", ?"))})";
}
