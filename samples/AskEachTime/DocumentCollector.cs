using UsageReporting;

namespace AskEachTime;

/// <summary>How the application is used: how many documents as a range, and whether by several people.</summary>
internal sealed class DocumentCollector(PaperlessSettings settings) : IUsageCollector, IDeclareUsageFields
{
    private static readonly BucketField Documents = UsageField.Bucket(
        "doc_bucket", "Documents", "How many documents are stored, as a range.", Buckets.Documents);

    private static readonly FlagField MultiUser =
        UsageField.Flag("multi_user", "Multi-user", "Whether more than one real account exists.");

    public static IReadOnlyList<UsageField> Fields => [Documents, MultiUser];

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        values.Set(Documents, settings.Documents);
        values.Set(MultiUser, settings.Users > 1);
        return ValueTask.CompletedTask;
    }
}
