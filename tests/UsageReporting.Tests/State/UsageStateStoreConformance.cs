using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.State;

/// <summary>What is true of every store of documents. Each derives this.</summary>
public abstract class UsageStateStoreConformance
{
    private const string Name = "usage_uuid";

    protected TemporaryFolder Folder { get; private set; } = null!;

    [SetUp]
    public void MakeFolder() => Folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => Folder.Dispose();

    [Test]
    public async Task TryReplaceAsync_NoDocument_IsMadeReplacedAndRemoved()
    {
        IUsageStateStore store = Open();

        Assert.That(await ReadAsync(store), Is.Null);
        Assert.That(await ReplaceAsync(store, null, "one\n"), Is.True);
        Assert.That(await ReadAsync(Open()), Is.EqualTo("one\n"));
        Assert.That(await ReplaceAsync(store, "one\n", "two"), Is.True);
        Assert.That(await ReadAsync(Open()), Is.EqualTo("two"));
        Assert.That(await ReplaceAsync(store, "two", null), Is.True);
        Assert.That(await ReadAsync(Open()), Is.Null);
    }

    [TestCase(null, "new")]
    [TestCase(null, null)]
    [TestCase("kept ", "new")]
    [TestCase("KEPT", "new")]
    [TestCase("another", null)]
    public async Task TryReplaceAsync_AnotherTextThanExpected_IsFalseAndStays(string? expected, string? text)
    {
        IUsageStateStore store = Open();
        await ReplaceAsync(store, null, "kept");

        Assert.That(await ReplaceAsync(store, expected, text), Is.False);
        Assert.That(await ReadAsync(store), Is.EqualTo("kept"));
    }

    [Test]
    public async Task TryReplaceAsync_ExpectedAndGone_IsFalse()
    {
        IUsageStateStore store = Open();

        Assert.That(await ReplaceAsync(store, "kept", "new"), Is.False);
        Assert.That(await ReplaceAsync(store, "kept", null), Is.False);
        Assert.That(await ReadAsync(store), Is.Null);
    }

    [Test]
    public async Task TryReplaceAsync_NothingForNothing_IsTrue() =>
        Assert.That(await ReplaceAsync(Open(), null, null), Is.True);

    [Test]
    public async Task TryReplaceAsync_OtherDocuments_AreLeftAlone()
    {
        IUsageStateStore store = Open();
        await ReplaceAsync(store, null, "one");
        await store.TryReplaceAsync("usage_uuid.old", null, "two", CancellationToken.None);
        await ReplaceAsync(store, "one", null);

        Assert.That(await store.ReadAsync("usage_uuid.old", CancellationToken.None), Is.EqualTo("two"));
    }

    [Test]
    public async Task TryReplaceAsync_LargestText_IsReadAgain()
    {
        string text = string.Concat(Enumerable.Repeat("\"ä€🦆\r\n\t", 100_000));
        await ReplaceAsync(Open(), null, text);

        Assert.That(await ReadAsync(Open()), Is.EqualTo(text));
    }

    [Test, Property("Case", 110)]
    public async Task TryReplaceAsync_SixtyFourAtOnce_OneIsFirst()
    {
        // Each over a store of its own, as processes have them.
        bool[] results = await Task.WhenAll(Enumerable.Range(0, 64).Select(
            i => Task.Run(() => ReplaceAsync(Open(), null, $"text {i}"))));

        Assert.That(results.Count(isFirst => isFirst), Is.EqualTo(1));
        Assert.That(await ReadAsync(Open()), Is.EqualTo($"text {Array.IndexOf(results, true)}"));
    }

    [Test, Property("Case", 110)]
    public async Task TryReplaceAsync_ManyAddALine_NoneIsLost()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            IUsageStateStore store = Open();
            string? text;
            do
            {
                text = await ReadAsync(store);
            }
            while (!await ReplaceAsync(store, text, $"{text}line {i}\n"));
        })));

        Assert.That((await ReadAsync(Open()))!.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Is.EquivalentTo(Enumerable.Range(0, 16).Select(i => $"line {i}")));
    }

    /// <summary>Opens the store as another process does it; all of them are the same one.</summary>
    protected abstract IUsageStateStore Open();

    private static Task<string?> ReadAsync(IUsageStateStore store) =>
        store.ReadAsync(Name, CancellationToken.None).AsTask();

    private static Task<bool> ReplaceAsync(IUsageStateStore store, string? expected, string? text) =>
        store.TryReplaceAsync(Name, expected, text, CancellationToken.None).AsTask();
}
