using System.ComponentModel;
using System.Runtime.InteropServices;

namespace UsageReporting.Server.Storage;

/// <summary>
/// Sees that what a command leaves beside the database belongs to whom the folder does: an operator runs it as root, and the
/// server as a user of its own. No link is followed, as the folder is in the hands of that user. Only Linux is asked.
/// </summary>
internal static partial class FileOwner
{
    private const int CurrentFolder = -100;
    private const uint UserAndGroup = 0x18;

    /// <summary>Gives a file or folder the owner and group of another; one that has the owner stays as it is.</summary>
    /// <exception cref="IOException">Whoever runs this may not.</exception>
    public static void GiveThatOf(string other, string path)
    {
        if (OperatingSystem.IsLinux()
            && Look(CurrentFolder, other, 0, UserAndGroup, out Status wanted) == 0
            && Look(CurrentFolder, path, 0, UserAndGroup, out Status has) == 0
            && has.User != wanted.User
            && Change(path, wanted.User, wanted.Group) != 0)
        {
            string reason = new Win32Exception(Marshal.GetLastPInvokeError()).Message;
            throw new IOException($"What is put there has to belong to the owner of {other}: be that user, or root ({reason}).");
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Look(int folder, string path, int flags, uint wanted, out Status status);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Change(string path, uint user, uint group);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(20)]
        public uint User;

        [FieldOffset(24)]
        public uint Group;
    }
}
