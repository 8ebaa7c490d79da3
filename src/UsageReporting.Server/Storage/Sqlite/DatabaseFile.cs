using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;
using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// The place of the database, from the server's start to its end: what is open there changes when the file is replaced,
/// or after an error. No other server has it meanwhile.
/// </summary>
internal sealed class DatabaseFile(string path, ProductCatalog catalog, ILogger logger) : IDisposable
{
    private DatabaseLock? _lock;
    private bool _isDoubtful;

    /// <exception cref="UsageStoreException">The database cannot be used.</exception>
    public SqliteSession Open()
    {
        // SQLite puts its log beside the file itself, and so must the lock be, whatever links lead there.
        FileInfo given = new(path);
        string file = given.LinkTarget is null ? given.FullName : given.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (_lock?.Database != file)
        {
            Dispose();
            _lock = DatabaseLock.Take(file);
        }

        LogFile log = new(file);
        if (log.IsOfAnother(_lock.ReadNote()))
        {
            SetAside(log);
            _isDoubtful = true;
        }

        SqliteSession session = SqliteSession.Open(file, catalog, _isDoubtful, logger);
        _isDoubtful = false;
        try
        {
            _lock.WriteNote(log.Note());
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Closes the session after an error.</summary>
    /// <returns>False if it has to stay: what is in its log would be lost, or mixed with another file's.</returns>
    public bool TryLeave(SqliteSession session, Exception error)
    {
        FileState state = session.Look();
        if (state == FileState.Gone)
        {
            if (!session.TryEmptyLog())
            {
                Log.LogNotEmptied(logger);
                return false;
            }

            // The lock's file may be gone as well.
            Dispose();
        }

        _isDoubtful |= state == FileState.Shrunk
            || error is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB };
        session.Dispose();
        return true;
    }

    /// <summary>Closes the session for good, and leaves no log beside a file that it was not written for.</summary>
    public void Leave(SqliteSession session)
    {
        bool isGone = session.Look() == FileState.Gone;
        if (isGone)
        {
            session.TryEmptyLog();
        }

        session.Dispose();
        LogFile log = new(_lock!.Database);
        if (isGone && log.HoldsAnything)
        {
            SetAside(log);
        }
    }

    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private void SetAside(LogFile log) => Log.LogSetAside(logger, log.SetAside());
}
