using System.Text;

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

    // More than two times three numbers have.
    private const int NoteBytes = 256;

    private readonly FileStream _file;

    private DatabaseLock(string database, FileStream file)
    {
        Database = database;
        _file = file;
    }

    /// <summary>Whose lock it is.</summary>
    public string Database { get; }

    /// <exception cref="UsageStoreException">Another server has the database, or there can be no lock.</exception>
    public static DatabaseLock Take(string database)
    {
        try
        {
            return new DatabaseLock(database, new FileStream($"{database}.lock", OwnedFile.Options(FileMode.OpenOrCreate)));
        }
        catch (IOException e) when (InUse.Contains(e.HResult))
        {
            throw new UsageStoreException($"{database} is in use by another server.", e) { IsInUse = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageStoreException($"{database} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>What the server before this one noted, or nothing: the file is all that it shares with us.</summary>
    public string ReadNote()
    {
        Span<byte> note = stackalloc byte[NoteBytes];
        return Encoding.ASCII.GetString(note[..RandomAccess.Read(_file.SafeFileHandle, note, 0)]);
    }

    public void WriteNote(string note)
    {
        // No end of the old note may stand behind the new one.
        RandomAccess.SetLength(_file.SafeFileHandle, 0);
        RandomAccess.Write(_file.SafeFileHandle, Encoding.ASCII.GetBytes(note), 0);
    }

    public void Dispose() => _file.Dispose();
}
