using UsageReporting;

namespace ConsentLevels;

/// <summary>Level basic: which release, on what.</summary>
internal sealed class SystemCollector(NapariSettings settings) : IUsageCollector, IDeclareUsageFields
{
    private static readonly VersionField Version =
        UsageField.Version("napari_version", "napari", "Which releases are in use.") with { Required = true };

    private static readonly VersionField Python =
        UsageField.Version("python_version", "Python", "Which versions of Python are still needed.", parts: 3) with { Required = true };

    private static readonly WordField Platform = UsageField.Word(
        "platform", "Platform", "Which operating systems to test on.", ["Linux", "Windows", "Darwin"]) with { Required = true };

    private static readonly TextField System = UsageField.Text(
        "sys_name", "system", "Which distributions to build for; too few people for a public page.",
        "[A-Za-z0-9][A-Za-z0-9 ._+()-]*", maxLength: 64) with { DetailOf = "platform", Publish = false };

    private static readonly TextField Architecture = UsageField.Text(
        "cpu_architecture", "Architecture", "Which processors to build for.",
        "[A-Za-z0-9][A-Za-z0-9._+-]*", maxLength: 64) with { Required = true };

    public static IReadOnlyList<UsageField> Fields => [Version, Python, Platform, System, Architecture];

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        values.Set(Version, settings.Version);
        values.Set(Python, settings.Python);
        values.Set(Platform, settings.Platform);
        values.Set(System, settings.System);
        values.Set(Architecture, settings.Architecture);
        return ValueTask.CompletedTask;
    }
}
