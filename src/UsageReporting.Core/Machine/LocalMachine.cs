using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace UsageReporting.Core.Machine;

/// <summary>The machine that this process runs on.</summary>
internal sealed partial class LocalMachine : IMachine
{
    private const int WriteAndEnter = 2 | 1;

    public string? ExecutablePath => Environment.ProcessPath;

    public string ApplicationFolder => AppContext.BaseDirectory;

    public int ProcessId => Environment.ProcessId;

#pragma warning disable IL3000 // That there is no location is what is asked for.
    public bool IsSingleFile => Assembly.GetEntryAssembly() is { Location.Length: 0 };
#pragma warning restore IL3000

    public bool IsWindowsService => OperatingSystem.IsWindows() && WindowsParentProcess.IsServiceManager();

    public Architecture Architecture => RuntimeInformation.OSArchitecture;

    public string SystemFamily =>
        OperatingSystem.IsLinux() ? "linux"
        : OperatingSystem.IsWindows() ? "windows"
        : OperatingSystem.IsMacOS() ? "macos"
        : OperatingSystem.IsFreeBSD() ? "freebsd"
        : "other";

    public Version SystemVersion => Environment.OSVersion.Version;

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    public bool CanWriteTo(string folder) =>
        NearestOf(folder) is { } there && (OperatingSystem.IsWindows() || Access(there, WriteAndEnter) == 0);

    public string? FileSystemOf(string folder)
    {
        try
        {
            return NearestOf(folder) is { } there ? new DriveInfo(there).DriveFormat : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    public bool HasFile(string path) => File.Exists(path) || !CanLookFor(path);

    public IReadOnlyList<string>? FilesIn(string folder)
    {
        try
        {
            return Directory.GetFiles(folder);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // In a folder that may not be entered nothing seems to exist.
    private static bool CanLookFor(string path)
    {
        try
        {
            File.GetAttributes(path);
            return true;
        }
        catch (Exception e) when (e is
            FileNotFoundException or DirectoryNotFoundException or PathTooLongException or ArgumentException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // A file in the way is not passed by: nothing can be made below it.
    private static string? NearestOf(string folder)
    {
        string? path = Path.GetFullPath(folder);
        while (path is not null && !Directory.Exists(path))
        {
            if (File.Exists(path))
            {
                return null;
            }

            path = Path.GetDirectoryName(path);
        }

        return path;
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    public string? FileText(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[IMachine.TextBytes];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
