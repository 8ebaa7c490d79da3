using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// Overwrites the unused middle of the database's pages. <c>secure_delete</c> overwrites a row where it stands; but when a
/// full page is split, the rows that move to another page stay in the middle of the old one as well, and nothing of SQLite
/// takes them away when they are deleted later (measured: one in ten of some thousand).
/// </summary>
/// <remarks>
/// Where the middle is stands in the header of each page (https://www.sqlite.org/fileformat2.html, 1.6). It is written through
/// SQLite's own file: closing another one would give away the locks that the process has on it. A database with auto_vacuum has
/// pages of another kind (1.8), whose first byte can be that of a page of a tree: it is left alone.
/// </remarks>
internal static unsafe partial class PageGaps
{
    private const int FilePointer = 7;
    private const int FileHeader = 100;
    private const int LargestRootPage = 52;
    private const int PagesTogether = 256;
    private const int FullSync = 3;
    private const long LockByte = 0x40000000;

    // From here on the first byte of a page that is none of a tree can be that of one: 128 GB.
    private const long MostPages = 1 << 25;

    /// <summary>Overwrites them. Nobody else may write meanwhile, and the log has to be empty.</summary>
    /// <returns>False if the pages of trees cannot be told from others.</returns>
    public static bool TryClear(SqliteConnection connection, long pages, int pageSize)
    {
        nint file = 0;
        Check(FileControl(connection.Handle!, "main", FilePointer, ref file));
        // The first member of a file are its methods: a version, and then close, read, write, truncate and sync.
        nint* methods = *(nint**)file;
        var read = (delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)methods[2];
        var write = (delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)methods[3];
        var sync = (delegate* unmanaged[Cdecl]<nint, int, int>)methods[5];
        byte[] some = new byte[PagesTogether * pageSize];
        fixed (byte* bytes = some)
        {
            for (long first = 0; first < pages; first += PagesTogether)
            {
                int count = (int)Math.Min(PagesTogether, pages - first);
                Check(read(file, bytes, count * pageSize, first * pageSize));
                if (first == 0 && (pages > MostPages || BinaryPrimitives.ReadUInt32BigEndian(some.AsSpan(LargestRootPage)) != 0))
                {
                    return false;
                }

                for (int i = 0; i < count; i++)
                {
                    long offset = (first + i) * pageSize;
                    (int start, int length) = GapOf(some.AsSpan(i * pageSize, pageSize), offset == 0 ? FileHeader : 0);
                    Span<byte> gap = some.AsSpan((i * pageSize) + start, length);
                    if (gap.ContainsAnyExcept((byte)0) && offset != LockByte)
                    {
                        gap.Clear();
                        Check(write(file, bytes + (i * pageSize) + start, length, offset + start));
                    }
                }
            }
        }

        Check(sync(file, FullSync));
        return true;
    }

    /// <summary>Between the pointers to a page's cells and the first of these; empty in pages that are none of a tree.</summary>
    public static (int Start, int Length) GapOf(ReadOnlySpan<byte> page, int header)
    {
        int ofKind = page[header] switch
        {
            // Inner pages of indexes and of tables, and then their leaves.
            2 or 5 => 12,
            10 or 13 => 8,
            _ => 0,
        };
        int start = header + ofKind + (2 * BinaryPrimitives.ReadUInt16BigEndian(page[(header + 3)..]));
        int content = BinaryPrimitives.ReadUInt16BigEndian(page[(header + 5)..]);
        int end = content == 0 ? 65_536 : content;
        return ofKind > 0 && start < end && end <= page.Length ? (start, end - start) : (0, 0);
    }

    private static void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errstr(code).utf8_to_string(), code);
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(sqlite3 database, string name, int operation, ref nint argument);
}
