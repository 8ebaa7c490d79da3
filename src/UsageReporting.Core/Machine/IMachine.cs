using System.Runtime.InteropServices;

namespace UsageReporting.Core.Machine;

/// <summary>
/// What the library may look at on the machine that it runs on. The only way to environment variables and to files
/// other than its own, so that what is looked at can be seen in one place and set in a test.
/// </summary>
internal interface IMachine
{
    /// <summary>The full path of the running executable, if there is one.</summary>
    string? ExecutablePath { get; }

    /// <summary>The folder of the application's own files.</summary>
    string ApplicationFolder { get; }

    /// <summary>The number of this process, which some variables are compared with.</summary>
    int ProcessId { get; }

    /// <summary>Whether the application is one file, its assemblies within the executable.</summary>
    bool IsSingleFile { get; }

    /// <summary>Whether the service manager of Windows started this process.</summary>
    bool IsWindowsService { get; }

    /// <summary>What the processor is.</summary>
    Architecture Architecture { get; }

    /// <summary><c>linux</c>, <c>windows</c>, <c>macos</c>, <c>freebsd</c> or <c>other</c>.</summary>
    string SystemFamily { get; }

    /// <summary>The operating system's version as the runtime knows it: that of the kernel on Linux.</summary>
    Version SystemVersion { get; }

    /// <summary>The value of an environment variable; null where it is not set.</summary>
    string? Variable(string name);

    /// <summary>
    /// Whether files can be made in a folder or, where there is none yet, in the nearest one above it. Makes none to find out.
    /// </summary>
    bool CanWriteTo(string folder);

    /// <summary>
    /// The kind of file system that holds a folder, or would, such as <c>ext4</c> or <c>overlayfs</c>; null where that is not
    /// known.
    /// </summary>
    string? FileSystemOf(string folder);

    /// <summary>Whether there is a file, or may be one where nobody can look.</summary>
    bool HasFile(string path);

    /// <summary>The full paths of a folder's files; none where there is no folder, null where it cannot be read.</summary>
    IReadOnlyList<string>? FilesIn(string folder);

    /// <summary>How much of a text file is read. Those that are looked at hold a few words; what is larger is something else.</summary>
    const int TextBytes = 4_096;

    /// <summary>The first <see cref="TextBytes"/> of a text file; null where there is none or it cannot be read.</summary>
    string? FileText(string path);
}
