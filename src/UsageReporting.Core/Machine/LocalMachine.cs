using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace UsageReporting.Core.Machine;

/// <summary>The machine that this process runs on.</summary>
internal sealed class LocalMachine : IMachine
{
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

    public bool HasFile(string path) => File.Exists(path);

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
