using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Opens the one connection that writes, with the tables as the products need them.</summary>
internal static class SqliteDatabase
{
    /// <param name="path">The file, which is made if it is missing.</param>
    /// <param name="catalog">Whose tables there have to be.</param>
    /// <param name="isDoubtful">Whether to read all of it first: it may be damaged.</param>
    /// <exception cref="UsageStoreException">It is not ours to use.</exception>
    public static SqliteConnection Open(string path, ProductCatalog catalog, bool isDoubtful)
    {
        OwnedFile.CreateIfMissing(path);
        LogFile log = new(path);
        bool hasLog = log.Exists;
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
            SqliteText.Run(connection, $"PRAGMA busy_timeout = {ServerLimits.BusyMilliseconds}");
            // A file that is refused keeps its log as it is, too.
            MoveLogAtEnd(connection, !hasLog);
            int version = RefuseOthers(connection, path);
            if (isDoubtful || (hasLog && IsCut(connection, path, log)))
            {
                RefuseDamaged(connection, path);
            }

            MoveLogAtEnd(connection, true);

            // Readers never wait for the writer, and a commit is on the disk before it is answered.
            SqliteText.Run(connection, "PRAGMA journal_mode = WAL");
            SqliteText.Run(connection, "PRAGMA synchronous = FULL");
            // What is deleted is overwritten, not only unlinked.
            SqliteText.Run(connection, "PRAGMA secure_delete = ON");
            SqliteText.Run(connection, $"PRAGMA wal_autocheckpoint = {ServerLimits.LogPages}");
            SqliteMigrations.Run(connection, version);
            SqliteTables.Follow(connection, path, catalog);
            return connection;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            connection.Dispose();
            throw Damaged(path, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void MoveLogAtEnd(SqliteConnection connection, bool move) =>
        _ = raw.sqlite3_db_config(connection.Handle!, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, move ? 0 : 1, out _);

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

    private static void RefuseDamaged(SqliteConnection connection, string path)
    {
        if (SqliteText.Value(connection, "PRAGMA quick_check(1)") is not "ok")
        {
            throw Damaged(path);
        }
    }

    private static UsageStoreException Damaged(string path, Exception? error = null) =>
        new($"{path} is damaged: put a backup in its place.", error);

    // After a crash the log hides from SQLite that the file is too short: it may hold the rest. To read all of a million
    // reports takes more than a second, each time.
    private static bool IsCut(SqliteConnection connection, string path, LogFile log)
    {
        long pageSize = Number(connection, "PRAGMA page_size");
        long end = new FileInfo(path).Length / pageSize;
        long pages = Number(connection, "PRAGMA page_count");
        return end < pages && log.PagesBehind(end, pageSize) < pages - end;
    }

    private static long Number(SqliteConnection connection, string sql) =>
        Convert.ToInt64(SqliteText.Value(connection, sql), CultureInfo.InvariantCulture);
}
