namespace UsageReporting.TestSupport;

/// <summary>A folder of one's own that is gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public TemporaryFolder() => Directory.CreateDirectory(Path);

    /// <summary>Where it is.</summary>
    public string Path { get; } =
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"usage-reporting-{Guid.NewGuid()}");

    /// <summary>A file or folder in it.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!Directory.Exists(Path))
        {
            return;
        }

        // A test may have taken rights away; they are given back or nothing could be deleted. Links are not followed.
        if (!OperatingSystem.IsWindows())
        {
            GiveBackRights(new DirectoryInfo(Path));
        }

        Directory.Delete(Path, recursive: true);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void GiveBackRights(DirectoryInfo folder)
    {
        folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (DirectoryInfo below in folder.EnumerateDirectories().Where(below => below.LinkTarget is null))
        {
            GiveBackRights(below);
        }
    }
}
