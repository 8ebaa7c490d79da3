using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// Tells whether what a connection writes is still what stands at its path. A file that is removed or replaced while it
/// is open goes on taking writes, and nobody ever finds them.
/// </summary>
internal sealed partial class OpenedFile(SqliteConnection connection, string path)
{
    private const int HasMoved = 20;

    private long _longest = new FileInfo(path).Length;

    /// <summary>
    /// Asked after each commit, before anybody hears of it. Three looks at the file system, some microseconds beside a
    /// flush of milliseconds.
    /// </summary>
    public FileState Look()
    {
        // On Windows, where an open file cannot be removed, the question is not known and leaves the zero.
        int hasMoved = 0;
        _ = FileControl(connection.Handle!, "main", HasMoved, ref hasMoved);
        if (hasMoved != 0 || !File.Exists($"{path}-wal"))
        {
            return FileState.Gone;
        }

        FileInfo file = new(path);
        if (!file.Exists)
        {
            return FileState.Gone;
        }

        _longest = Math.Max(_longest, file.Length);
        return file.Length < _longest ? FileState.Shrunk : FileState.InPlace;
    }

    // The library that Microsoft.Data.Sqlite brings; its managed face leaves this function out.
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(sqlite3 database, string name, int operation, ref int argument);
}
