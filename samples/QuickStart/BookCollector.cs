using UsageReporting;

namespace QuickStart;

/// <summary>A collector: the field is declared once, and that declaration drives all that follows.</summary>
internal sealed class BookCollector(Library library) : IUsageCollector, IDeclareUsageFields
{
    private static readonly BucketField Books = UsageField.Bucket(
        "books", "Books", "How many books are kept, as a range.", [0, 100, 1_000, 10_000]);

    public static IReadOnlyList<UsageField> Fields => [Books];

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        values.Set(Books, library.Books);
        return ValueTask.CompletedTask;
    }
}
