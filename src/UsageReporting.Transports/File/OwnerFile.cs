namespace UsageReporting.Transports.File;

/// <summary>
/// Opens files that, where they are new, only their owner can read. What is written is on the disk when the write
/// returns, or the write fails: on Linux this runtime does not report that forcing it there afterwards has failed.
/// </summary>
internal static class OwnerFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static FileStream Open(string path, FileShare share)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
            Options = FileOptions.WriteThrough,
        };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, Owner | UnixFileMode.UserExecute);
            options.UnixCreateMode = Owner;
        }

        return new FileStream(path, options);
    }
}
