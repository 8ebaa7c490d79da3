using UsageReporting.Core.Collectors;

namespace UsageReporting;

/// <summary>Which release the application is.</summary>
public sealed class EnvironmentCollectorOptions
{
    /// <summary>Three numbers with dots and an optional SemVer suffix.</summary>
    /// <value>Default: the informational version of the entry assembly, without its build part.</value>
    public string? Version { get; set; } = BuildInformation.OfTheApplication.Version;

    /// <summary><c>stable</c>, <c>beta</c> or <c>dev</c>.</summary>
    /// <value>
    /// Default: the property <c>UsageReportingChannel</c> of the build; without it <c>dev</c>, so that only a release
    /// says that it is one.
    /// </value>
    public string? Channel { get; set; } = BuildInformation.OfTheApplication.Channel ?? "dev";

    /// <summary>The short hash of the commit that was built, or <see langword="null"/> where it is not known.</summary>
    /// <value>
    /// Default: the first nine characters of the property <c>UsageReportingCommit</c> of the build, which Git or the
    /// build server gives; without it of the hash in the informational version of the entry assembly.
    /// </value>
    public string? Commit { get; set; } = BuildInformation.OfTheApplication.Commit;

    /// <summary>When it was built, or <see langword="null"/> where it is not known.</summary>
    /// <value>
    /// Default: the property <c>UsageReportingBuildDate</c> of the build or the variable <c>SOURCE_DATE_EPOCH</c>;
    /// without them <see langword="null"/>, because a clock would make each build a different one.
    /// </value>
    public DateTimeOffset? BuildDate { get; set; } = BuildInformation.OfTheApplication.BuildDate;
}
