namespace UsageReporting.Core.Collectors;

/// <summary>Which release of .NET the application runs on.</summary>
internal sealed class RuntimeCollector : IUsageCollector, IDeclareUsageFields
{
    private static readonly VersionField Runtime =
        UsageField.Version("runtime", ".NET", "Which releases of .NET are still needed.", parts: 3);

    public static IReadOnlyList<UsageField> Fields => [Runtime];

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        values.Set(Runtime, Environment.Version.ToString(fieldCount: 3));
        return ValueTask.CompletedTask;
    }
}
