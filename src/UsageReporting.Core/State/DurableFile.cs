using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace UsageReporting.Core.State;

/// <summary>
/// Files that are there whole, or not at all, also after a loss of power: written beside their place, forced to the
/// disk, then moved. <c>FileStream.Flush(true)</c> does not report a failing fsync on Linux, so fsync is called here.
/// </summary>
internal static partial class DurableFile
{
    // EINVAL: some file systems have no such thing as a durable folder, and the file in it is there all the same.
    private const int NotSynchronizable = 22;

    // EEXIST, like EINVAL the same number on all Unix systems.
    private const int AlreadyExists = 17;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file, replacing one that is there.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content) =>
        Write(path, content, temporary => File.Move(temporary, path, overwrite: true));

    /// <summary>Writes a file if there is none; of any number of processes only one gets true.</summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            Write(path, content, temporary => MoveIfAbsent(temporary, path));
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> content, Action<string> move)
    {
        // Not the process's number: it is 1 in each container, and one process may write twice at a time.
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            WriteThrough(temporary, content);
            move(temporary);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        SyncFolder(Path.GetDirectoryName(path)!);
    }

    // On Unix File.Move looks first and renames then, so that two processes can both find nothing there. A link is made
    // by one of them only. Where the file system has no links, looking first has to do.
    private static void MoveIfAbsent(string temporary, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(temporary, path);
        }
        else if (Link(temporary, path) == 0)
        {
            File.Delete(temporary);
        }
        else if (Marshal.GetLastPInvokeError() == AlreadyExists)
        {
            throw new IOException("There is a file already.");
        }
        else
        {
            File.Move(temporary, path);
        }
    }

    private static void WriteThrough(string path, ReadOnlySpan<byte> content)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using FileStream file = new(path, options);
        file.Write(content);
        if (OperatingSystem.IsWindows())
        {
            file.Flush(flushToDisk: true);
        }
        else
        {
            Check(Sync(file.SafeFileHandle));
        }
    }

    // The name of a moved file is durable only once its folder is. Windows has no such call and needs none.
    private static void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(path, flags: 0);
        Check(descriptor);
        using SafeFileHandle folder = new(descriptor, ownsHandle: true);
        if (Sync(folder) < 0 && Marshal.GetLastPInvokeError() != NotSynchronizable)
        {
            Check(-1);
        }
    }

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new IOException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);
        }
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string newPath);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
