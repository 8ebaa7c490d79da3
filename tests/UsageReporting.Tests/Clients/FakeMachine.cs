using UsageReporting.Core.Machine;

namespace UsageReporting.Tests.Clients;

/// <summary>A machine that has what the test gives it and nothing else.</summary>
internal sealed class FakeMachine : IMachine
{
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    public string? ExecutablePath { get; set; } = "/usr/bin/app";

    public string ApplicationFolder => "/usr/lib/app";

    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public bool HasFile(string path) => Files.ContainsKey(path);

    public string? FileText(string path) => Files.GetValueOrDefault(path);
}
