using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace UsageReporting.Server.Storage;

/// <summary>
/// Small files of the server's own that are on the disk when this returns. On Linux the runtime's flush does not say
/// that the disk refused, so that fsync is called here.
/// </summary>
internal static partial class DurableFile
{
    /// <summary>Writes a file that is there whole or not at all, in the place of one that is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="ownerOf">A folder whose owner it is to have; null for whoever writes.</param>
    public static void Write(string path, ReadOnlySpan<byte> content, string? ownerOf = null) =>
        Write(path, $"{path}.tmp", content, overwrite: true, ownerOf);

    /// <summary>
    /// Writes a file that is there whole or not at all, where there is none. Of several servers that share a folder one is the
    /// first, and all of them read its file.
    /// </summary>
    public static void WriteIfMissing(string path, Func<byte[]> content)
    {
        if (File.Exists(path))
        {
            return;
        }

        string temporary = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp";
        try
        {
            Write(path, temporary, content(), overwrite: false, ownerOf: null);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Adds to the end of a file, which is cut to whole records before: a crash may have left half of one.</summary>
    public static void Append(string path, ReadOnlySpan<byte> record)
    {
        bool isNew = !File.Exists(path);
        using FileStream file = new(path, OwnedFile.Options(FileMode.OpenOrCreate));
        file.SetLength(file.Length - (file.Length % record.Length));
        file.Seek(0, SeekOrigin.End);
        file.Write(record);
        Flush(file);
        if (isNew)
        {
            FlushFolderOf(path);
        }
    }

    /// <summary>Adds a line to the end of a file; half a line that a crash has left is ended before.</summary>
    public static void AppendLine(string path, ReadOnlySpan<byte> line)
    {
        bool isNew = !File.Exists(path);
        using FileStream file = new(path, OwnedFile.Options(FileMode.OpenOrCreate));
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
            {
                file.WriteByte((byte)'\n');
            }
        }

        file.Write(line);
        file.WriteByte((byte)'\n');
        Flush(file);
        if (isNew)
        {
            FlushFolderOf(path);
        }
    }

    private static void Write(string path, string temporary, ReadOnlySpan<byte> content, bool overwrite, string? ownerOf)
    {
        // One that is left of a crash goes; a new one follows no link that somebody has put in its place.
        File.Delete(temporary);
        using (FileStream file = new(temporary, OwnedFile.Options(FileMode.CreateNew)))
        {
            file.Write(content);
            Flush(file);
        }

        if (ownerOf is not null)
        {
            FileOwner.GiveThatOf(ownerOf, temporary);
        }

        Place(temporary, path, overwrite);
        FlushFolderOf(path);
    }

    // On Unix the runtime looks whether there is one and then moves, in between which another server may have moved its own; a
    // link is refused by the system. Where there are no links the runtime's way is all there is.
    private static void Place(string temporary, string path, bool overwrite)
    {
        if (overwrite || OperatingSystem.IsWindows() || (Link(temporary, path) != 0 && !File.Exists(path)))
        {
            File.Move(temporary, path, overwrite);
        }
        else
        {
            File.Delete(temporary);
        }
    }

    private static void Flush(FileStream file)
    {
        // The disk's refusal is told once, to whoever flushes first.
        file.Flush(flushToDisk: OperatingSystem.IsWindows());
        if (!OperatingSystem.IsWindows())
        {
            Check(Sync(file.SafeFileHandle));
        }
    }

    // A new name is durable only once its folder is. Windows needs no such thing.
    private static void FlushFolderOf(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            using SafeFileHandle folder = new(Check(Open(Path.GetDirectoryName(Path.GetFullPath(path))!, flags: 0)), ownsHandle: true);
            // Some file systems have no durable folders, and say so; the file is there all the same.
            _ = Sync(folder);
        }
    }

    private static int Check(int result) =>
        result >= 0 ? result : throw new IOException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string another);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
