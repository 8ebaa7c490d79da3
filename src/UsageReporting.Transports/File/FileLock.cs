namespace UsageReporting.Transports.File;

/// <summary>
/// Lets one at a time write, of threads and of processes. It is a file of its own, because the one that is written is
/// renamed when it is full. The system gives it back when its holder is killed. Where the file system has no locks
/// (some of those in a network), nothing is held.
/// </summary>
internal static class FileLock
{
    /// <summary>Disposing gives it back; null where others did not within the time that one waits.</summary>
    public static async Task<FileStream?> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return OwnerFile.Open(path, FileShare.None);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (time.GetElapsedTime(start) >= FileSinkLimits.Wait)
                {
                    return null;
                }
            }

            await Task.Delay(FileSinkLimits.Look, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // ERROR_SHARING_VIOLATION; elsewhere EWOULDBLOCK, of Linux or of macOS.
    private static bool IsHeld(IOException e) =>
        OperatingSystem.IsWindows() ? e.HResult == unchecked((int)0x80070020) : e.HResult is 11 or 35;
}
