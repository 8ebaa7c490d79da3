using System.Collections.Concurrent;
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
/// <param name="tombstones">The marks.</param>
/// <param name="catalog">Whose installations there are.</param>
/// <param name="portion">How many ids are read at a time where everybody is looked at: each portion within a command's time.</param>
internal sealed class PostgreSqlErasures(Tombstones tombstones, ProductCatalog catalog, int portion = ServerLimits.ComparedTogether)
{
    // Marks that this server wrote and the database may not have followed: of what failed just now nobody has to be looked for.
    private readonly ConcurrentDictionary<string, (Product Product, string Id)> _known = new(StringComparer.Ordinal);

    /// <summary>Erases an installation within the transaction that is open.</summary>
    public async Task<ErasureOutcome> EraseAsync(NpgsqlConnection connection, Product product, string id)
    {
        string mark = tombstones.MarkOf(product.Name, id);
        IReadOnlySet<string> behind = Behind(await LockAsync(connection));
        foreach (string followed in _known.Keys.Where(known => !behind.Contains(known)))
        {
            _known.TryRemove(followed, out _);
        }

        // Also what a server that shares the folder left when it was broken off: no erasure that is committed is ever behind one
        // that is not, and done again with it, whatever came under its id since. Before anybody's row is locked, as it may take a while.
        IEnumerable<(Product, string)> others = await OfAsync(connection, behind.Where(other => other != mark).ToHashSet(StringComparer.Ordinal));

        // As a report does: who comes first is waited for.
        if (!await LockAsync(connection, product, id) && !await HasReportsAsync(connection, product, id))
        {
            return ErasureOutcome.Unknown.Instance;
        }

        _known[mark] = (product, id);
        if (!behind.Contains(mark))
        {
            tombstones.Add(product.Name, id);
        }

        int reports = await DeleteAsync(connection, product, [id]);
        await DeleteAsync(connection, others);
        await NoteFollowedAsync(connection, tombstones.Count);
        return new ErasureOutcome.Erased(reports);
    }

    /// <summary>Erases what has marks that this database does not know yet.</summary>
    /// <param name="connection">Not in a transaction.</param>
    /// <exception cref="UsageStoreException">The marks cannot be followed.</exception>
    public async Task FollowAsync(NpgsqlConnection connection)
    {
        tombstones.RefuseWithoutKey();
        for (int attempt = 1; ; attempt++)
        {
            if (await TryFollowAsync(connection, await FollowedAsync(connection), attempt >= PostgreSqlErrors.Attempts))
            {
                return;
            }
        }
    }

    /// <summary>
    /// The same while servers erase. Fewer marks than were followed tell nothing then: a folder that is shared over a network may show the
    /// newest a moment later.
    /// </summary>
    /// <inheritdoc cref="FollowAsync"/>
    public async Task FollowNewAsync(NpgsqlConnection connection)
    {
        if (await FollowedAsync(connection) < tombstones.Count)
        {
            await FollowAsync(connection);
        }
    }

    private async Task<long> FollowedAsync(NpgsqlConnection connection) => await SqlCommands.ScalarAsync(
        connection, "SELECT followed FROM erasures WHERE marks = $1", Arrays.Of(tombstones.Name)) as long? ?? 0;

    // Everybody is looked at before anything is locked: with millions that takes a while.
    private async Task<bool> TryFollowAsync(NpgsqlConnection connection, long followed, bool isLast)
    {
        long count = tombstones.Count;
        if (followed == count)
        {
            return true;
        }

        IEnumerable<(Product, string)> erased = await OfAsync(connection, Behind(followed));
        try
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            if (await LockAsync(connection) != followed)
            {
                // Another server has followed them meanwhile, or added some.
                return false;
            }

            await DeleteAsync(connection, erased);
            await NoteFollowedAsync(connection, count);
            await transaction.CommitAsync();
            return true;
        }
        catch (Exception e) when (PostgreSqlErrors.IsConflict(e) && !isLast)
        {
            return false;
        }
    }

    // None where there are fewer marks than were followed: somebody has removed some.
    private IReadOnlySet<string> Behind(long followed) =>
        followed < tombstones.Count ? tombstones.After(followed) : new HashSet<string>();

    // Whose marks they are.
    private async Task<IEnumerable<(Product, string)>> OfAsync(NpgsqlConnection connection, IReadOnlySet<string> marks) =>
        marks.All(_known.ContainsKey) ? marks.Select(mark => _known[mark]) : await FindAsync(connection, marks);

    private async Task<List<(Product, string)>> FindAsync(NpgsqlConnection connection, IReadOnlySet<string> marks)
    {
        List<(Product, string)> found = [];
        foreach (Product product in catalog.Products)
        {
            await AddAsync("id", "installations WHERE product = @2 AND", product.Name);
            // Reports are kept a little longer than the rows of their installations may be.
            ReportTable table = new(product);
            if (table.Id is { Name: var column })
            {
                await AddAsync(SqlNames.Quote(column), $"{table.Name} WHERE");
            }

            async Task AddAsync(string id, string from, params string[] values)
            {
                string sql = FormattableString.Invariant($"SELECT DISTINCT {id} FROM {from} {id} > @1 ORDER BY {id} LIMIT {portion}");
                List<string> some = [""];
                while (some.Count > 0)
                {
                    some = await SqlRows.ReadAsync(connection, sql, [some[^1], .. values], row => row.GetString(0));
                    found.AddRange(some.Where(one => marks.Contains(tombstones.MarkOf(product.Name, one))).Select(one => (product, one)));
                }
            }
        }

        return found;
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

    private static async Task<bool> LockAsync(NpgsqlConnection connection, Product product, string id) => await SqlCommands.ScalarAsync(
        connection, "SELECT id FROM installations WHERE product = $1 AND id = $2 FOR UPDATE", Arrays.Of(product.Name), Arrays.Of(id)) is not null;

    private Task<int> NoteFollowedAsync(NpgsqlConnection connection, long count) => SqlCommands.RunAsync(
        connection, FormattableString.Invariant($"UPDATE erasures SET followed = {count} WHERE marks = $1"), tombstones.Name);

    // Locked in the order of reports, one after the other: no engine refuses that.
    private static async Task DeleteAsync(NpgsqlConnection connection, IEnumerable<(Product Product, string Id)> erased)
    {
        foreach (IGrouping<Product, string> of in erased.Distinct()
            .GroupBy(one => one.Product, one => one.Id).OrderBy(of => of.Key.Name, StringComparer.Ordinal))
        {
            string[] ids = [.. of.Order(StringComparer.Ordinal)];
            foreach (string id in ids)
            {
                await LockAsync(connection, of.Key, id);
            }

            await DeleteAsync(connection, of.Key, ids);
        }
    }

    private static async Task<int> DeleteAsync(NpgsqlConnection connection, Product product, string[] ids)
    {
        ReportTable table = new(product);
        int reports = 0;
        if (table.Id is { } column)
        {
            reports = await PostgreSqlDeletions.DeleteAsync(
                connection, table, $"{SqlNames.Quote(column.Name)} = ANY ($1)", Arrays.Of(ids, id => id));
        }

        await SqlCommands.RunAsync(
            connection, "DELETE FROM installations WHERE product = $1 AND id = ANY ($2)", Arrays.Of(product.Name), Arrays.Of(ids, id => id));
        return reports;
    }
}
