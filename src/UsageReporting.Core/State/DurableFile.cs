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
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file, replacing one that is there.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content) => Write(path, content, replace: true);

    /// <summary>Writes a file if there is none; of any number of processes only one gets true.</summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            Write(path, content, replace: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> content, bool replace)
    {
        // Not the process's number: it is 1 in each container, and one process may write twice at a time.
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            WriteThrough(temporary, content);
            File.Move(temporary, path, replace);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        SyncFolder(Path.GetDirectoryName(path)!);
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
        Check(Sync(folder));
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
