using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>The statements of a product's <see cref="ReportIndex"/>.</summary>
/// <param name="table">A table whose reports have ids.</param>
internal sealed class ReportIndexSql(ReportTable table)
{
    private readonly string _id = SqlNames.Quote(table.Id!.Name);
    private readonly string _newest = $"(SELECT coalesce(max(id), 0) FROM {table.Name})";

    /// <summary>Begins it, in the place of the index that tables had before.</summary>
    public string Create => $"""
        INSERT OR IGNORE INTO indexed_reports (product, last_id) VALUES ('{table.Product}', 0);
        DROP INDEX IF EXISTS {SqlNames.Quote($"ix_{table.Name.Trim('"')}_{table.Id!.Name}")};
        """;

    /// <summary>Up to which row number reports are in it.</summary>
    public string Last => $"SELECT last_id FROM indexed_reports WHERE product = '{table.Product}'";

    /// <summary>Adds the reports from behind one row number up to another, in the index's own order.</summary>
    public string Add => $"""
        INSERT OR IGNORE INTO installation_reports (product, installation, report_id)
        SELECT '{table.Product}', {_id}, id FROM {table.Name} WHERE id > ?1 AND id <= ?2 AND {_id} IS NOT NULL ORDER BY {_id}
        """;

    public string NoteLast => $"UPDATE indexed_reports SET last_id = ?1 WHERE product = '{table.Product}'";

    /// <summary>
    /// What the trigger of a deleted report does. The next report may have its row number, which must not lie before the last one
    /// that is in the index.
    /// </summary>
    public string AfterDelete => $"""
        DELETE FROM installation_reports WHERE product = '{table.Product}' AND installation = OLD.{_id} AND report_id = OLD.id;
        UPDATE indexed_reports SET last_id = {_newest} WHERE product = '{table.Product}' AND last_id > {_newest};
        """;

    /// <summary>The condition for the reports of an installation whose id is a parameter.</summary>
    public string IsOf(string parameter) => $"""
        id IN (
            SELECT report_id FROM installation_reports WHERE product = '{table.Product}' AND installation = {parameter}
            UNION ALL SELECT id FROM {table.Name} WHERE id > ({Last}) AND {_id} = {parameter})
        """;
}
