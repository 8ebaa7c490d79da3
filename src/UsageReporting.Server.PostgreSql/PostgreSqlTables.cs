using Npgsql;
using UsageReporting.Server.Products;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.PostgreSql;

/// <summary>
/// Brings the tables to what the products' schemas ask for. Nothing is written where nothing is missing; a column is added
/// without a look at the rows that are there.
/// </summary>
internal static class PostgreSqlTables
{
    /// <param name="connection">In a transaction that keeps other servers out.</param>
    /// <param name="name">What the database is called.</param>
    /// <param name="catalog">Whose tables there have to be.</param>
    /// <exception cref="UsageStoreException">A field has changed its form.</exception>
    public static async Task FollowAsync(NpgsqlConnection connection, string name, ProductCatalog catalog)
    {
        Dictionary<ReportTable, Dictionary<string, string>> known = [];
        foreach (Product product in catalog.Products)
        {
            ReportTable table = new(product);
            known.Add(table, await FormsOfAsync(connection, table));
        }

        if (ReportTable.Refuse(known) is { } refusal)
        {
            throw new UsageStoreException($"{name}: {refusal}");
        }

        foreach ((ReportTable table, Dictionary<string, string> forms) in known)
        {
            await ExtendAsync(connection, table, forms);
        }

        if (catalog.Default is { } shown)
        {
            await ShowAsync(connection, shown);
        }
    }

    private static async Task ExtendAsync(NpgsqlConnection connection, ReportTable table, Dictionary<string, string> known)
    {
        KeyValuePair<string, string>[] missing = [.. table.Forms.Where(form => !known.ContainsKey(form.Key))];
        if (known.Count == 0)
        {
            await SqlCommands.RunAsync(connection, PostgreSqlTableSql.Create(table));
        }
        else
        {
            foreach (ReportColumn column in table.Columns.Where(column => !known.ContainsKey(column.Name)))
            {
                await SqlCommands.RunAsync(connection, PostgreSqlTableSql.AddColumn(table, column));
            }
        }

        foreach ((string field, string form) in missing)
        {
            await SqlCommands.RunAsync(connection, "INSERT INTO fields (product, field, form) VALUES ($1, $2, $3)", table.Product, field, form);
        }
    }

    private static async Task<Dictionary<string, string>> FormsOfAsync(NpgsqlConnection connection, ReportTable table) =>
        (await SqlRows.ReadAsync(
            connection,
            "SELECT field, form FROM fields WHERE product = @1",
            [table.Product],
            row => KeyValuePair.Create(row.GetString(0), row.GetString(1))))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    // What reports said, and what they once could say; not how they are counted. The database keeps a view in words of its own,
    // so that ours are kept beside it. Columns that are new stand behind the others, so that it is replaced, and rights on it and
    // views of the operator's own stay; only that of another product takes its place.
    private static async Task ShowAsync(NpgsqlConnection connection, Product product)
    {
        string table = SqlNames.Table(product.Name);
        List<string> columns = await SqlRows.ReadAsync(
            connection,
            """
            SELECT column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = @1 AND column_name NOT LIKE '!_%' ESCAPE '!'
            ORDER BY ordinal_position
            """,
            [table.Trim('"')],
            row => row.GetString(0));
        string select = $"CREATE VIEW reports AS SELECT {string.Join(", ", columns.Select(SqlNames.Quote))}";
        string from = $" FROM {table}";
        string view = select + from;
        string? shown = await SqlCommands.ScalarAsync(connection, "SELECT shown FROM usage_reporting WHERE id = 1") as string;
        if (shown != view)
        {
            bool isExtended = shown?.EndsWith(from, StringComparison.Ordinal) is true
                && select.StartsWith(shown[..^from.Length], StringComparison.Ordinal);
            if (!isExtended || !await TryReplaceAsync(connection, view))
            {
                await SqlCommands.RunAsync(connection, $"DROP VIEW IF EXISTS reports; {view}");
            }

            await SqlCommands.RunAsync(connection, "UPDATE usage_reporting SET shown = $1", view);
        }
    }

    // Not one to which an operator has added columns.
    private static async Task<bool> TryReplaceAsync(NpgsqlConnection connection, string view)
    {
        await SqlCommands.RunAsync(connection, "SAVEPOINT replaced");
        try
        {
            await SqlCommands.RunAsync(connection, $"CREATE OR REPLACE {view["CREATE ".Length..]}");
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidTableDefinition)
        {
            await SqlCommands.RunAsync(connection, "ROLLBACK TO SAVEPOINT replaced");
            return false;
        }
    }
}
