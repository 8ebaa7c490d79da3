using System.Globalization;
using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Opens the one connection that writes, with the tables as the products need them.</summary>
internal static class SqliteDatabase
{
    public static SqliteConnection Open(string path, ProductCatalog catalog)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            // Seconds. The library would otherwise try again for half a minute where the engine gave up.
            DefaultTimeout = ServerLimits.BusyMilliseconds / 1_000,
        }.ToString());
        try
        {
            connection.Open();
            Run(connection, $"PRAGMA busy_timeout = {ServerLimits.BusyMilliseconds}");
            int version = RefuseOthers(connection, path);
            // Readers never wait for the writer, and a commit is on the disk before it is answered.
            Run(connection, "PRAGMA journal_mode = WAL");
            Run(connection, "PRAGMA synchronous = FULL");
            Prepare(connection, version, catalog);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Before anything is written: a file of another program, or of a later version of this one, stays as it is.
    private static int RefuseOthers(SqliteConnection connection, string path)
    {
        long application = Number(connection, "PRAGMA application_id");
        long version = Number(connection, "PRAGMA user_version");
        bool isEmpty = Number(connection, "SELECT count(*) FROM sqlite_master") == 0;
        if (application != SqliteMigrations.ApplicationId && !(isEmpty && application == 0 && version == 0))
        {
            throw new UsageStoreException($"{path} is a database of another program.");
        }

        if (version > SqliteMigrations.Steps.Count)
        {
            throw new UsageStoreException($"{path} was written by a later version of this server.");
        }

        return (int)version;
    }

    // In one transaction: a server that is killed here leaves what it found.
    private static void Prepare(SqliteConnection connection, int version, ProductCatalog catalog)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach (string step in SqliteMigrations.Steps.Skip(version))
        {
            Run(connection, step);
        }

        Run(connection, $"PRAGMA application_id = {SqliteMigrations.ApplicationId}");
        Run(connection, $"PRAGMA user_version = {SqliteMigrations.Steps.Count}");
        foreach (Product product in catalog.Products)
        {
            Prepare(connection, new ReportTable(product));
        }

        Run(connection, "DROP VIEW IF EXISTS reports");
        Run(connection, $"CREATE VIEW reports AS SELECT * FROM {SqliteNames.Table(catalog.Default.Name)}");
        transaction.Commit();
    }

    private static void Prepare(SqliteConnection connection, ReportTable table)
    {
        Run(connection, table.CreateSql);
        HashSet<string> present = ColumnsOf(connection, table);
        foreach (ReportColumn column in table.Columns.Where(c => !present.Contains(c.Name)))
        {
            Run(connection, table.AddColumnSql(column));
        }

        Run(connection, table.CreateIndexSql);
    }

    private static HashSet<string> ColumnsOf(SqliteConnection connection, ReportTable table)
    {
        using SqliteCommand command = Command(connection, $"PRAGMA table_info({table.Name})");
        using SqliteDataReader rows = command.ExecuteReader();
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        while (rows.Read())
        {
            names.Add(rows.GetString(rows.GetOrdinal("name")));
        }

        return names;
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = Command(connection, sql);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    // Names come from schemas, whose names are letters, digits and underscores, and are quoted.
#pragma warning disable CA2100
    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
#pragma warning restore CA2100
}
