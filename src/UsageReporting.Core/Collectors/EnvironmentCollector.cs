using Microsoft.Extensions.Options;

namespace UsageReporting.Core.Collectors;

/// <summary>Which release runs: version, channel, commit and when it was built.</summary>
internal sealed class EnvironmentCollector(IOptions<EnvironmentCollectorOptions> options)
    : IUsageCollector, IDeclareUsageFields
{
    private static readonly VersionField Version =
        UsageField.Version("version", "Version", "Which release is running.", parts: 3) with { Required = true };

    private static readonly WordField Channel =
        UsageField.Word(
            "channel", "Channel", "Which kind of release it is, so that a beta is known to be tried.",
            ["stable", "beta", "dev"]) with { Required = true };

    private static readonly TextField Commit = UsageField.Text(
        "commit", "Commit", "Which build of the release it is.", NamePattern.Pattern, NamePattern.MaxLength);

    private static readonly DateField BuildDate =
        UsageField.Date("build_date", "built", "When that build was made.") with { DetailOf = "commit" };

    public static IReadOnlyList<UsageField> Fields => [Version, Channel, Commit, BuildDate];

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        EnvironmentCollectorOptions environment = options.Value;
        values.Set(Version, environment.Version);
        values.Set(Channel, environment.Channel);
        values.Set(Commit, environment.Commit);
        values.Set(BuildDate, environment.BuildDate);
        return ValueTask.CompletedTask;
    }
}
