using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Collectors;

/// <summary>Which operating system it is, and roughly which release of it.</summary>
internal sealed class OperatingSystemCollector(IMachine machine) : IUsageCollector, IDeclareUsageFields
{
    private static readonly WordField Family = UsageField.Word(
        "os", "Operating system", "Which operating systems to test on.",
        ["linux", "windows", "macos", "freebsd", "other"]);

    private static readonly TextField Release = UsageField.Text(
        "os_version", "System version", "Which of their releases are still needed.",
        NamePattern.Pattern, NamePattern.MaxLength);

    public static IReadOnlyList<UsageField> Fields => [Family, Release];

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        values.Set(Family, machine.SystemFamily);
        values.Set(Release, SystemRelease.Of(machine));
        return ValueTask.CompletedTask;
    }
}
