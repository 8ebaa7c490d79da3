using System.Runtime.InteropServices;
using UsageReporting.Core.Machine;

namespace UsageReporting.Testing;

/// <summary>A machine that has the variables that a test gives it, no files, and nothing else of the real one.</summary>
internal sealed class RehearsedMachine : IMachine
{
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string? ExecutablePath => "/usr/lib/app/app";

    public string ApplicationFolder => "/usr/lib/app";

    public int ProcessId => 1;

    public bool IsSingleFile => false;

    public bool IsWindowsService => false;

    public Architecture Architecture => Architecture.X64;

    public string SystemFamily => "linux";

    public Version SystemVersion => new(6, 1, 0);

    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public bool CanWriteTo(string folder) => true;

    public string? FileSystemOf(string folder) => null;

    public bool HasFile(string path) => false;

    public IReadOnlyList<string> FilesIn(string folder) => [];

    public string? FileText(string path) => null;
}
