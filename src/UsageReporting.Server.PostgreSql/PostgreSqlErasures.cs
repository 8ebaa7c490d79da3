using Npgsql;
using UsageReporting.Server.Products;
using UsageReporting.Server.Sql;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>
/// Erases installations, each after a mark of it was written beside this server. What a crash, or a backup that was put in the
/// database's place, left undone is done when it is opened. Servers that share a folder share its marks; the row of these is
/// locked while one is added.
/// </summary>
internal sealed class PostgreSqlErasures(Tombstones tombstones, ProductCatalog catalog)
{
    /// <summary>Erases an installation within the transaction that is open.</summary>
    public async Task<ErasureOutcome> EraseAsync(NpgsqlConnection connection, Product product, string id)
    {
        long followed = await LockAsync(connection);
        // As a report does: who comes first is waited for.
        if (await SqlCommands.ScalarAsync(
            connection,
            "SELECT id FROM installations WHERE product = $1 AND id = $2 FOR UPDATE",
            Arrays.Of(product.Name),
            Arrays.Of(id)) is null
            && !await HasReportsAsync(connection, product, id))
        {
            return ErasureOutcome.Unknown.Instance;
        }

        bool isBehind = followed != tombstones.Count;
        tombstones.Add(product.Name, id);
        int reports = await DeleteAsync(connection, product, id);
        // A server that shares the folder was broken off, or this transaction before.
        await (isBehind ? FollowLockedAsync(connection, followed) : NoteFollowedAsync(connection));
        return new ErasureOutcome.Erased(reports);
    }

    /// <summary>Erases what has marks that this database does not know yet.</summary>
    /// <param name="connection">Not in a transaction.</param>
    /// <exception cref="UsageStoreException">The marks cannot be followed.</exception>
    public async Task FollowAsync(NpgsqlConnection connection)
    {
        tombstones.RefuseWithoutKey();
        object? followed = await SqlCommands.ScalarAsync(
            connection, "SELECT followed FROM erasures WHERE marks = $1", Arrays.Of(tombstones.Name));
        if ((followed as long? ?? 0) == tombstones.Count)
        {
            return;
        }

        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await FollowLockedAsync(connection, await LockAsync(connection));
        await transaction.CommitAsync();
    }

    // The row of one that is silent is forgotten some days before its reports may be.
    private static async Task<bool> HasReportsAsync(NpgsqlConnection connection, Product product, string id)
    {
        ReportTable table = new(product);
        return table.Id is { } column
            && await SqlCommands.ScalarAsync(
                connection, $"SELECT 1 FROM {table.Name} WHERE {SqlNames.Quote(column.Name)} = $1 LIMIT 1", Arrays.Of(id)) is not null;
    }

    private async Task<long> LockAsync(NpgsqlConnection connection)
    {
        await SqlCommands.RunAsync(
            connection, "INSERT INTO erasures (marks, followed) VALUES ($1, 0) ON CONFLICT DO NOTHING", tombstones.Name);
        return (long)(await SqlCommands.ScalarAsync(
            connection, "SELECT followed FROM erasures WHERE marks = $1 FOR UPDATE", Arrays.Of(tombstones.Name)))!;
    }

    private async Task FollowLockedAsync(NpgsqlConnection connection, long followed)
    {
        if (followed == tombstones.Count)
        {
            return;
        }

        if (followed < tombstones.Count)
        {
            IReadOnlySet<string> marks = tombstones.After(followed);
            foreach (Product product in catalog.Products)
            {
                string[] erased = [.. (await IdsAsync(connection, product)).Where(id => marks.Contains(tombstones.MarkOf(product.Name, id)))];
                foreach (string id in erased)
                {
                    await DeleteAsync(connection, product, id);
                }
            }
        }

        await NoteFollowedAsync(connection);
    }

    private Task<int> NoteFollowedAsync(NpgsqlConnection connection) => SqlCommands.RunAsync(
        connection,
        FormattableString.Invariant($"UPDATE erasures SET followed = {tombstones.Count} WHERE marks = $1"),
        tombstones.Name);

    private static async Task<int> DeleteAsync(NpgsqlConnection connection, Product product, string id)
    {
        ReportTable table = new(product);
        int reports = 0;
        if (table.Id is { } column)
        {
            reports = await PostgreSqlDeletions.DeleteAsync(connection, table, $"{SqlNames.Quote(column.Name)} = $1", id);
        }

        await SqlCommands.RunAsync(connection, "DELETE FROM installations WHERE product = $1 AND id = $2", product.Name, id);
        return reports;
    }

    // Reports are kept a little longer than the rows of their installations may be.
    private static Task<List<string>> IdsAsync(NpgsqlConnection connection, Product product)
    {
        ReportTable table = new(product);
        string ofReports = table.Id is { Name: var name } && SqlNames.Quote(name) is var column
            ? $"UNION SELECT {column} FROM {table.Name} WHERE {column} IS NOT NULL"
            : "";
        return SqlRows.ReadAsync(
            connection, $"SELECT id FROM installations WHERE product = @1 {ofReports}", [product.Name], row => row.GetString(0));
    }
}
