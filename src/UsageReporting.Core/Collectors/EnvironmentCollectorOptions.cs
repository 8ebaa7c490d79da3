using System.Reflection;

namespace UsageReporting;

/// <summary>Which release the application is.</summary>
public sealed class EnvironmentCollectorOptions
{
    /// <summary>Three numbers with dots and an optional SemVer suffix.</summary>
    /// <value>Default: the informational version of the entry assembly, without its build part.</value>
    public string? Version { get; set; } = InformationalVersion?.Split('+')[0];

    /// <summary><c>stable</c>, <c>beta</c> or <c>dev</c>.</summary>
    /// <value>Default: <c>dev</c>, so that only a release says that it is one.</value>
    public string? Channel { get; set; } = "dev";

    /// <summary>The short hash of the commit that was built, or <see langword="null"/> where it is not known.</summary>
    /// <value>Default: the first nine characters of the build part of the entry assembly's informational version.</value>
    public string? Commit { get; set; } = InformationalVersion?.Split('+') is [_, { Length: >= 9 } commit] ? commit[..9] : null;

    /// <summary>When it was built, or <see langword="null"/> where it is not known.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public DateTimeOffset? BuildDate { get; set; }

    private static string? InformationalVersion =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
