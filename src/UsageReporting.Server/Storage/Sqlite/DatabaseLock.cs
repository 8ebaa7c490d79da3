namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// Keeps a second server off a database, by a lock on a file beside it: SQLite's own exclusive mode would lock out
/// every reader too. The system gives the lock back when the process ends, however it ends; the file stays, as deleting
/// it would let two servers each lock a file of that name.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    // EWOULDBLOCK of Linux and of the BSDs, and Windows's ERROR_SHARING_VIOLATION.
    private static readonly int[] InUse = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private DatabaseLock(FileStream file) => _file = file;

    /// <exception cref="UsageStoreException">Another server has the database, or there can be no lock.</exception>
    public static DatabaseLock Take(string database)
    {
        try
        {
            return new DatabaseLock(new FileStream($"{database}.lock", OwnedFile.Options(FileMode.OpenOrCreate)));
        }
        catch (IOException e) when (InUse.Contains(e.HResult))
        {
            throw new UsageStoreException($"{database} is in use by another server.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageStoreException($"{database} cannot be used: {e.Message}", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
