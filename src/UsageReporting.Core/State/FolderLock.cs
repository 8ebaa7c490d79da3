namespace UsageReporting.Core.State;

/// <summary>
/// Lets one at a time write to a folder, of threads and of processes. The system gives it back when its holder is killed;
/// the file stays. Where the file system has no locks (some of those in a network), nothing is held.
/// </summary>
internal static class FolderLock
{
    /// <summary>The file of the one who writes.</summary>
    public const string Writing = "lock";

    /// <summary>The file of the one whose schedule reports just now.</summary>
    public const string Scheduled = "schedule.lock";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Disposing gives it back.</summary>
    /// <exception cref="TimeoutException">Others did not within the time that one waits.</exception>
    public static async Task<FileStream> TakeAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            if (Open(Path.Combine(folder, Writing)) is { } held)
            {
                return held;
            }

            if (time.GetElapsedTime(start) >= ClientLimits.LockWait)
            {
                throw new TimeoutException();
            }

            await Task.Delay(ClientLimits.LockLook, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a file of its own for something that takes longer, if nobody has it and there is a place for it.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Null where another has it.
    private static FileStream? Open(string path)
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

        try
        {
            return new FileStream(path, options);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    // ERROR_SHARING_VIOLATION; elsewhere EWOULDBLOCK, of Linux or of macOS.
    private static bool IsHeld(IOException e) =>
        OperatingSystem.IsWindows() ? e.HResult == unchecked((int)0x80070020) : e.HResult is 11 or 35;
}
