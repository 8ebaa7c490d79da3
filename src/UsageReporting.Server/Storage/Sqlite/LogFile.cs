using System.Buffers.Binary;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// SQLite's log beside a database, seen from outside. Nothing in it says which file it was written for: one that is left
/// beside a backup is replayed into that.
/// </summary>
internal sealed class LogFile(string database)
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;

    private readonly string _path = $"{database}-wal";

    public bool Exists => File.Exists(_path);

    public bool HoldsAnything => new FileInfo(_path) is { Exists: true, Length: > 0 };

    /// <summary>What tells later whether the log still lies beside its own file; empty where the system does not tell.</summary>
    public string Note() => FileIdentity.Of(_path) is { } log ? $"{log} {FileIdentity.Of(database)}" : "";

    /// <summary>
    /// Whether this is the log that was noted, but beside another file. Where both are others, the folder was copied as a
    /// whole, and they belong together.
    /// </summary>
    public bool IsOfAnother(string noted) =>
        HoldsAnything && Note() is { Length: > 0 } note && noted != note && noted.Split(' ')[0] == note.Split(' ')[0];

    /// <summary>Gives the log a name at which SQLite does not look for it, the first one that is free.</summary>
    /// <returns>That name.</returns>
    public string SetAside()
    {
        int number = 1;
        while (File.Exists($"{_path}.{number}"))
        {
            number++;
        }

        File.Move(_path, $"{_path}.{number}");
        // The log's index; whoever still has it open keeps it.
        File.Delete($"{database}-shm");
        return $"{_path}.{number}";
    }

    /// <summary>How many of the pages behind the end of the file the log holds, or held.</summary>
    public int PagesBehind(long end, long pageSize)
    {
        using FileStream log = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        HashSet<uint> pages = [];
        Span<byte> number = stackalloc byte[sizeof(uint)];
        for (long frame = HeaderBytes; frame + FrameHeaderBytes <= log.Length; frame += FrameHeaderBytes + pageSize)
        {
            log.Position = frame;
            log.ReadExactly(number);
            if (BinaryPrimitives.ReadUInt32BigEndian(number) > end)
            {
                pages.Add(BinaryPrimitives.ReadUInt32BigEndian(number));
            }
        }

        return pages.Count;
    }
}
