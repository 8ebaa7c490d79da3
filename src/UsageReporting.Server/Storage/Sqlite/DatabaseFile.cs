using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// The place of the database, from the server's start to its end: what is open there changes when the file is replaced,
/// or after an error. No other server has it meanwhile.
/// </summary>
internal sealed class DatabaseFile(string path, ProductCatalog catalog) : IDisposable
{
    private DatabaseLock? _lock;
    private bool _isDoubtful;

    /// <exception cref="UsageStoreException">The database cannot be used.</exception>
    public SqliteSession Open()
    {
        // SQLite puts its log beside the file itself, and so must the lock be, whatever links lead there.
        FileInfo given = new(path);
        string file = given.LinkTarget is null ? given.FullName : given.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        _lock ??= DatabaseLock.Take(file);
        SqliteSession session = SqliteSession.Open(file, catalog, _isDoubtful);
        _isDoubtful = false;
        return session;
    }

    /// <summary>Closes the session after an error, or for good.</summary>
    /// <returns>False if it has to stay: what is in its log would be lost, or mixed with another file's.</returns>
    public bool TryLeave(SqliteSession session)
    {
        FileState state = session.Look();
        if (state == FileState.Gone)
        {
            if (!session.TryEmptyLog())
            {
                return false;
            }

            // The lock's file may be gone as well.
            Dispose();
        }

        _isDoubtful |= state == FileState.Shrunk;
        session.Dispose();
        return true;
    }

    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }
}
