using UsageReporting;

namespace Consumer;

/// <summary>Takes a service: trimming must leave it its constructor.</summary>
internal sealed class LibraryCollector(Library library) : IUsageCollector, IDeclareUsageFields
{
    private static readonly BucketField Documents = UsageField.Bucket(
        "documents", "Documents", "How many documents are stored, as a range.", [0, 100, 1_000, 10_000]);

    private static readonly SetField Features = UsageField.Set(
        "features", "Features", "What is used.", ["import", "search", "share"]);

    private static readonly VersionsField Plugins = UsageField.Versions(
        "plugins", "Plugins", "Which plugins are installed.", Vocabulary.Catalogue("consumer-plugins", ["ocr", "scan"]));

    public static IReadOnlyList<UsageField> Fields => [Documents, Features, Plugins];

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        values.Set(Documents, library.Documents);
        values.Set(Features, ["search", "import"]);
        values.Set(Plugins, new Dictionary<string, string> { ["ocr"] = "1.2.0" });
        return ValueTask.CompletedTask;
    }
}
