using UsageReporting;

namespace ScheduledWebApp;

/// <summary>Which installation it is, as far as that is said: release, platform, and how it was deployed.</summary>
internal sealed class InstallationCollector(FleetSettings settings, UsageReporter reporter) : IUsageCollector, IDeclareUsageFields
{
    private const string Version1 = "1.0";

    private static readonly WordField Format = UsageField.Word(
        "schema_version", "Format", "Which form this report has.", [Version1]) with { Required = true };

    private static readonly DateField FirstSeen = UsageField.Date(
        "installation.first_seen", "First seen", "When statistics were switched on, to know how long people stay.");

    private static readonly TextField Version = UsageField.Text(
        "installation.app_version", "Version", "Which release is running.", "[A-Za-z0-9][A-Za-z0-9._+-]*", maxLength: 64)
        with { Required = true };

    private static readonly VersionField Python = UsageField.Version(
        "installation.python_version", "Python", "Which versions of Python are still needed.");

    private static readonly WordField Platform = UsageField.Word(
        "installation.platform", "Platform", "Which operating systems to test on.", ["linux", "windows", "darwin"])
        with { Required = true };

    private static readonly WordField Deployment = UsageField.Word(
        "installation.deployment_mode", "Deployment", "How it was installed, so that the ways people use are looked after.",
        ["homeassistant", "docker", "pi", "standalone"]) with { Required = true };

    public static IReadOnlyList<UsageField> Fields => [Format, FirstSeen, Version, Python, Platform, Deployment];

    public async ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        UsageDetails details = await reporter.GetDetailsAsync();
        values.Set(Format, Version1);
        // The day: to the second it would be a name for this installation, beside the number that is one.
        values.Set(FirstSeen, details.Since is { } since ? new DateTimeOffset(since.UtcDateTime.Date, TimeSpan.Zero) : null);
        values.Set(Version, settings.Version);
        values.Set(Python, settings.Python);
        values.Set(Platform, OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux");
        values.Set(Deployment, DeploymentMode());
    }

    private static string DeploymentMode() =>
        Environment.GetEnvironmentVariable("SUPERVISOR_TOKEN") is not null ? "homeassistant"
        : File.Exists("/.dockerenv") ? "docker"
        : File.Exists("/etc/rpi-issue") ? "pi"
        : "standalone";
}
