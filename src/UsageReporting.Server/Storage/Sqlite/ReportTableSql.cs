using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>The statements that make a product's table, and the one that fills it.</summary>
internal sealed class ReportTableSql(ReportTable table)
{
    private readonly string _followDeletion = table.Id is null ? "" : new ReportIndexSql(table).AfterDelete;
    private readonly string _oldPeriod = table.HasPeriods ? $", OLD.{IdentityFields.PeriodName}" : "";

    /// <summary>The name of the trigger, not quoted.</summary>
    public string TriggerName { get; } = $"erased_{table.Name.Trim('"')}";

    // No column has an index: each is one more tree to write for every report, and what is asked of them counts the whole table
    // anyway. For the id there is a ReportIndex.
    public string Create =>
        $"CREATE TABLE IF NOT EXISTS {table.Name} (id INTEGER PRIMARY KEY, received TEXT NOT NULL, "
        + $"{string.Join(", ", table.Columns.Select(Declaration))}, {ReportTable.FirstSeen} TEXT, {ReportTable.Held} INTEGER)";

    /// <summary>For a table of the time before reports were counted.</summary>
    public string AddCounting => $"""
        ALTER TABLE {table.Name} ADD COLUMN {ReportTable.FirstSeen} TEXT;
        ALTER TABLE {table.Name} ADD COLUMN {ReportTable.Held} INTEGER;
        INSERT INTO report_spans (product, span, first_id, last_id, came)
        SELECT $1, substr(received, 1, {StoredTime.DayLength}), min(id), max(id), count(*) FROM {table.Name} GROUP BY 2;
        """;

    /// <summary>
    /// Makes every deletion a change of its day or window, whoever deletes: numbers do not keep what was erased. Its entries go
    /// with a report, as the next one may have its row number.
    /// </summary>
    public string Trigger => $"""
        CREATE TRIGGER {SqlNames.Quote(TriggerName)} AFTER DELETE ON {table.Name} BEGIN
            UPDATE report_spans SET went = went + 1
            WHERE product = '{table.Product}' AND span IN (substr(OLD.received, 1, {StoredTime.DayLength}){_oldPeriod});
            DELETE FROM report_values WHERE product = '{table.Product}' AND report_id = OLD.id;
            {_followDeletion}
        END
        """;

    /// <summary>
    /// Puts the trigger in the place of one that knew of fewer tables, or took another column for the installation's id: what that one
    /// has left is made anew.
    /// </summary>
    public string ReplaceTrigger => $"""
        DROP TRIGGER IF EXISTS {SqlNames.Quote(TriggerName)};
        {Trigger};
        DELETE FROM installation_reports WHERE product = '{table.Product}';
        DELETE FROM indexed_reports WHERE product = '{table.Product}';
        DELETE FROM report_values WHERE product = '{table.Product}' AND report_id > (SELECT coalesce(max(id), 0) FROM {table.Name});
        """;

    public string Insert =>
        $"INSERT INTO {table.Name} (received, {ReportTable.FirstSeen}, {ReportTable.Held}, "
        + $"{string.Join(", ", table.Columns.Select(c => SqlNames.Quote(c.Name)))}) "
        + $"VALUES (?, ?, ?{string.Concat(table.Columns.Select(_ => ", ?"))})";

    public string AddColumn(ReportColumn column) => $"ALTER TABLE {table.Name} ADD COLUMN {Declaration(column)}";

    private static string Declaration(ReportColumn column) => $"{SqlNames.Quote(column.Name)} {column.Form}";
}
