using System.Runtime.InteropServices;

namespace UsageReporting.Transports.Http;

/// <summary>The User-Agent of a host that wants one: product, runtime, platform. Not the kernel's release, which few share.</summary>
internal static class UserAgent
{
    public static string Of(string product, string version)
    {
        string system = OperatingSystem.IsLinux() ? "linux"
            : OperatingSystem.IsWindows() ? "windows"
            : OperatingSystem.IsMacOS() ? "macos"
            : OperatingSystem.IsFreeBSD() ? "freebsd"
            : "other";
        string processor = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        return $"{product}/{version} .NET/{Environment.Version.ToString(fieldCount: 3)} ({system}; {processor})";
    }

    /// <summary>Whether the version can stand there: letters, digits and <c>.-+_</c>, at most 64.</summary>
    public static bool IsVersion(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '_');
}
