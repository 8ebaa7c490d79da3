namespace UsageReporting.Server.Storage;

/// <summary>Files that only the server's own user may read.</summary>
internal static class OwnedFile
{
    /// <summary>How such a file is opened, by one process at a time.</summary>
    public static FileStreamOptions Options(FileMode mode)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <summary>
    /// Makes an empty file where there is none, for SQLite, which would make it readable by everybody and gives the files
    /// that it puts beside it the same rights. One that is there keeps what its operator has set.
    /// </summary>
    public static void CreateIfMissing(string path)
    {
        if (!File.Exists(path))
        {
            new FileStream(path, Options(FileMode.OpenOrCreate)).Dispose();
        }
    }
}
