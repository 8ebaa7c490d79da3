using UsageReporting;

namespace AskEachTime;

/// <summary>The software that the application runs on.</summary>
internal sealed class SoftwareCollector(PaperlessSettings settings) : IUsageCollector, IDeclareUsageFields
{
    private const string Name = "[A-Za-z0-9][A-Za-z0-9._+-]*";

    private static readonly TextField Python =
        UsageField.Text("python", "Python", "Which versions of Python are still needed.", Name, maxLength: 64);

    private static readonly TextField Database =
        UsageField.Text("database", "Database", "Which database to test against.", Name, maxLength: 64);

    public static IReadOnlyList<UsageField> Fields => [Python, Database];

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        values.Set(Python, settings.Python);
        values.Set(Database, settings.Database);
        return ValueTask.CompletedTask;
    }
}
