namespace UsageReporting.Core.Collectors;

/// <summary>
/// Which plugins are installed, of those that everybody can have: the name of another one, or a version that was not released,
/// may say who uses it. What is left out is shown beside the report, with the reason.
/// </summary>
internal sealed class PluginCollector(VersionsField field, Func<IEnumerable<KeyValuePair<string, string>>> installed)
    : IUsageCollector
{
    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        Dictionary<string, string> reported = new(StringComparer.Ordinal);
        foreach ((string name, string version) in installed())
        {
            if (field.Words.Find(name) is not { } known)
            {
                values.LeaveOut(field, LeftOutReason.NotPublic, name);
            }
            else if (!field.Allows(version) || version.AsSpan().ContainsAny('-', '+'))
            {
                values.LeaveOut(field, LeftOutReason.NotReleased, $"{name} {version}");
            }
            else
            {
                reported[known] = version;
            }
        }

        values.Set(field, reported);
        return ValueTask.CompletedTask;
    }
}
