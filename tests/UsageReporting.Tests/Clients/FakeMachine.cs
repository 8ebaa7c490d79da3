using System.Runtime.InteropServices;
using UsageReporting.Core.Machine;

namespace UsageReporting.Tests.Clients;

/// <summary>A machine that has what the test gives it and nothing else.</summary>
internal sealed class FakeMachine : IMachine
{
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    public string? ExecutablePath { get; set; } = "/usr/bin/app";

    public string ApplicationFolder { get; set; } = "/usr/lib/app";

    public int ProcessId { get; set; } = 4711;

    public bool IsSingleFile { get; set; }

    public bool IsWindowsService { get; set; }

    public Architecture Architecture { get; set; } = Architecture.X64;

    public string SystemFamily { get; set; } = "linux";

    public Version SystemVersion { get; set; } = new(6, 1, 0);

    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public bool HasFile(string path) => Files.ContainsKey(path) || ClosedFiles.Contains(path);

    /// <summary>Files that are there and cannot be read.</summary>
    public HashSet<string> ClosedFiles { get; } = [];

    /// <summary>Folders that cannot be read.</summary>
    public HashSet<string> ClosedFolders { get; } = [];

    public IReadOnlyList<string>? FilesIn(string folder) => ClosedFolders.Contains(folder)
        ? null
        : [.. Files.Keys.Where(file => Path.GetDirectoryName(file) == folder)];

    /// <summary>Whether nothing can be written anywhere.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>The kind of file system that everything is on.</summary>
    public string? FileSystem { get; set; } = "ext4";

    public bool CanWriteTo(string folder) => !IsReadOnly;

    public string? FileSystemOf(string folder) => FileSystem;

    public string? FileText(string path) => Files.GetValueOrDefault(path);
}
