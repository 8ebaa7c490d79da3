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

    /// <summary>Writes a file, replacing one that is there. One at a time writes to a folder.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        // Always the same name, so that what a kill leaves behind is gone with the next one.
        string temporary = path + ".tmp";
        File.Delete(temporary);
        try
        {
            WriteThrough(temporary, content, mode);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes a file, if it is there.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    private static void WriteThrough(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
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

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
