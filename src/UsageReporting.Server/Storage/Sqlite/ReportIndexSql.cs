using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>The statements of a product's <see cref="ReportIndex"/>.</summary>
/// <param name="table">A table whose reports have ids.</param>
internal sealed class ReportIndexSql(ReportTable table)
{
    private readonly string _id = SqlNames.Quote(table.Id!.Name);
    private readonly string _last = $"coalesce((SELECT last_id FROM indexed_reports WHERE product = '{table.Product}'), 0)";
    private readonly string _newest = $"(SELECT coalesce(max(id), 0) FROM {table.Name})";

    /// <summary>Up to which row number reports are in it, and the newest row number that there is.</summary>
    public string Ends => $"SELECT {_last}, {_newest}";

    /// <summary>Adds the reports from behind one row number up to another, in the index's own order.</summary>
    public string Add => $"""
        INSERT OR IGNORE INTO installation_reports (product, installation, report_id)
        SELECT '{table.Product}', {_id}, id FROM {table.Name} WHERE id > ?1 AND id <= ?2 AND {_id} IS NOT NULL ORDER BY {_id}
        """;

    public string NoteLast => $"""
        INSERT INTO indexed_reports (product, last_id) VALUES ('{table.Product}', ?1)
        ON CONFLICT (product) DO UPDATE SET last_id = excluded.last_id
        """;

    /// <summary>
    /// What the trigger of a deleted report does. The next report may get its row number: it must lie behind the end, or nothing
    /// would look for it.
    /// </summary>
    public string AfterDelete => $"""
        DELETE FROM installation_reports WHERE product = '{table.Product}' AND installation = OLD.{_id} AND report_id = OLD.id;
        UPDATE indexed_reports SET last_id = {_newest} WHERE product = '{table.Product}' AND last_id > {_newest};
        """;

    /// <summary>Every id that a report has, each once or more often.</summary>
    public string Ids => $"""
        SELECT DISTINCT installation FROM installation_reports WHERE product = '{table.Product}'
        UNION ALL SELECT {_id} FROM {table.Name} WHERE id > {_last} AND {_id} IS NOT NULL
        """;

    /// <summary>The condition for the reports of an installation whose id is a parameter.</summary>
    public string IsOf(string parameter) => $"""
        {_id} = {parameter} AND id IN (
            SELECT report_id FROM installation_reports WHERE product = '{table.Product}' AND installation = {parameter}
            UNION ALL SELECT id FROM {table.Name} WHERE id > {_last} AND {_id} = {parameter})
        """;
}
