using System.Reflection;
using Npgsql;

namespace UsageReporting.Server.PostgreSql;

/// <summary>
/// What the database holds beside the products' tables, as numbered files of SQL. The row of <c>usage_reporting</c> says how many
/// have been taken and, locked, keeps other servers that start just then waiting; a step that was released is never changed.
/// </summary>
internal static class PostgreSqlMigrations
{
    private const int LockSeconds = 2;

    public static IReadOnlyList<string> Steps { get; } = [.. Names().Select(Read)];

    /// <summary>Makes the row where there is none.</summary>
    /// <param name="connection">Not in a transaction.</param>
    /// <param name="name">What the database is called.</param>
    /// <exception cref="UsageStoreException">A later version of the server has been here.</exception>
    public static async Task PrepareAsync(NpgsqlConnection connection, string name)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await RefuseLaterAsync(connection, name);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                // The first server that starts here.
            }

            try
            {
                await SqlCommands.RunAsync(connection, """
                    CREATE TABLE IF NOT EXISTS usage_reporting (
                        id BIGINT PRIMARY KEY CHECK (id = 1), version BIGINT NOT NULL, shown TEXT);
                    INSERT INTO usage_reporting (id, version) VALUES (1, 0) ON CONFLICT DO NOTHING;
                    """);
            }
            catch (PostgresException e) when (PostgreSqlErrors.IsMadeTwice(e) && attempt < PostgreSqlErrors.Attempts)
            {
                // Another one has been faster.
            }
        }
    }

    /// <summary>Takes the steps that are left.</summary>
    /// <param name="connection">In the transaction in which all of it happens or nothing.</param>
    /// <param name="name">What the database is called.</param>
    /// <exception cref="UsageStoreException">A later version of the server has been here.</exception>
    public static async Task RunAsync(NpgsqlConnection connection, string name)
    {
        long version = (long)(await SqlCommands.ScalarAsync(connection, "SELECT version FROM usage_reporting WHERE id = 1 FOR UPDATE"))!;
        if (version > Steps.Count)
        {
            throw Later(name);
        }

        // What a table waits for that is to change, every report waits for behind it: a backup holds it for as long as it takes.
        await SqlCommands.RunAsync(connection, $"SET LOCAL lock_timeout = '{LockSeconds}s'");
        foreach (string step in Steps.Skip((int)version))
        {
            await SqlCommands.RunAsync(connection, step);
        }

        if (version < Steps.Count)
        {
            await SqlCommands.RunAsync(connection, FormattableString.Invariant($"UPDATE usage_reporting SET version = {Steps.Count}"));
        }
    }

    private static async Task RefuseLaterAsync(NpgsqlConnection connection, string name)
    {
        if ((long)(await SqlCommands.ScalarAsync(connection, "SELECT version FROM usage_reporting WHERE id = 1"))! > Steps.Count)
        {
            throw Later(name);
        }
    }

    private static UsageStoreException Later(string name) => new($"{name} was written by a later version of this server.");

    private static IEnumerable<string> Names() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string Read(string name)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
