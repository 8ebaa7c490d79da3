using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// Brings the tables to what the products' schemas ask for. Nothing is written where nothing is missing; a column is
/// added without a look at the rows that are there.
/// </summary>
internal static class SqliteTables
{
    public static void Follow(SqliteConnection connection, string path, ProductCatalog catalog)
    {
        ReportTable[] tables = [.. catalog.Products.Select(product => new ReportTable(product))];
        Dictionary<ReportTable, Dictionary<string, string>> known =
            tables.ToDictionary(table => table, table => FormsOf(connection, table));
        if (ReportTable.Refuse(known) is { } refusal)
        {
            throw new UsageStoreException($"{path}: {refusal}");
        }

        if (catalog.Default is not { } shown
            || (known.All(t => t.Key.Forms.All(f => t.Value.ContainsKey(f.Key)) && HasTrigger(connection, new ReportTableSql(t.Key)))
                && Shows(connection, shown)))
        {
            return;
        }

        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach ((ReportTable table, Dictionary<string, string> forms) in known)
        {
            Extend(connection, table, forms);
        }

        SqliteText.Run(connection, "DROP VIEW IF EXISTS reports");
        SqliteText.Run(connection, ViewSql(connection, shown));
        transaction.Commit();
    }

    private static void Extend(SqliteConnection connection, ReportTable table, Dictionary<string, string> known)
    {
        ReportTableSql sql = new(table);
        if (known.Count == 0)
        {
            SqliteText.Run(connection, sql.Create);
        }
        else
        {
            if (!known.ContainsKey(ReportTable.FirstSeen))
            {
                SqliteText.Run(connection, sql.AddCounting, table.Product);
            }

            foreach (ReportColumn column in table.Columns.Where(column => !known.ContainsKey(column.Name)))
            {
                SqliteText.Run(connection, sql.AddColumn(column));
            }
        }

        if (!HasTrigger(connection, sql))
        {
            SqliteText.Run(connection, sql.ReplaceTrigger);
            DropIndexes(connection, table);
        }

        foreach ((string field, string form) in table.Forms.Where(f => !known.ContainsKey(f.Key)))
        {
            SqliteText.Run(
                connection, "INSERT INTO fields (product, field, form) VALUES ($1, $2, $3)", table.Product, field, form);
        }
    }

    private static Dictionary<string, string> FormsOf(SqliteConnection connection, ReportTable table)
    {
        using SqliteCommand command =
            SqliteText.Command(connection, "SELECT field, form FROM fields WHERE product = $1", table.Product);
        using SqliteDataReader rows = command.ExecuteReader();
        // SQLite compares the names of columns so.
        Dictionary<string, string> forms = new(StringComparer.OrdinalIgnoreCase);
        while (rows.Read())
        {
            forms.Add(rows.GetString(0), rows.GetString(1));
        }

        return forms;
    }

    private static bool HasTrigger(SqliteConnection connection, ReportTableSql sql)
    {
        using SqliteCommand command = SqliteText.Command(
            connection, "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = $1", sql.TriggerName);
        return command.ExecuteScalar() as string == sql.Trigger;
    }

    // Those that tables had before there was a ReportIndex.
    private static void DropIndexes(SqliteConnection connection, ReportTable table)
    {
        List<string> indexes = [];
        using (SqliteCommand command = SqliteText.Command(
            connection,
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND name LIKE 'ix!_reports!_%' ESCAPE '!'",
            table.Name.Trim('"')))
        {
            using SqliteDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                indexes.Add(rows.GetString(0));
            }
        }

        indexes.ForEach(index => SqliteText.Run(connection, $"DROP INDEX {SqlNames.Quote(index)}"));
    }

    private static bool Shows(SqliteConnection connection, Product product) =>
        SqliteText.Value(connection, "SELECT sql FROM sqlite_master WHERE type = 'view' AND name = 'reports'") as string
            == ViewSql(connection, product);

    // What reports said, and what they once could say; not how they are counted.
    private static string ViewSql(SqliteConnection connection, Product product)
    {
        string table = SqlNames.Table(product.Name);
        object? columns = SqliteText.Value(connection, $"""
            SELECT group_concat('"' || name || '"', ', ') FROM (
                SELECT name FROM pragma_table_info('{table.Trim('"')}') WHERE name NOT LIKE '!_%' ESCAPE '!' ORDER BY cid)
            """);
        return $"CREATE VIEW reports AS SELECT {columns} FROM {table}";
    }
}
