namespace UsageReporting.Core.State;

/// <summary>
/// Lets one at a time write to a folder, of threads and of processes. The system gives it back when its holder is killed;
/// the file stays. Where the file system has no locks (some of those in a network), nothing is held.
/// </summary>
internal static class FolderLock
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Disposing gives it back.</summary>
    /// <exception cref="TimeoutException">Others did not within the time that one waits.</exception>
    public static async Task<FileStream> TakeAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        long start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, "lock"), options);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (time.GetElapsedTime(start) >= ClientLimits.LockWait)
                {
                    throw new TimeoutException();
                }
            }

            await Task.Delay(ClientLimits.LockLook, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // ERROR_SHARING_VIOLATION; elsewhere EWOULDBLOCK, of Linux or of macOS.
    private static bool IsHeld(IOException e) =>
        OperatingSystem.IsWindows() ? e.HResult == unchecked((int)0x80070020) : e.HResult is 11 or 35;
}
