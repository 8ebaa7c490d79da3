using System.Text;
using NUnit.Framework;
using UsageReporting.Server.Statistics;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Statistics;

public sealed class PublishedFolderTests
{
    private TemporaryFolder _folder = null!;

    private string Published => _folder.Combine("published");

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task WriteAsync_Again_RemovesWhatIsNotPublicAnyMoreAndNothingElse()
    {
        await WriteAsync("app/summary.json", "app/secret.week.json", "other/summary.json");
        await File.WriteAllTextAsync(Path.Combine(Published, "app", "index.html"), "the host's own");

        await WriteAsync("app/summary.json");

        Assert.That(Files(), Is.EqualTo(new[] { "app/index.html", "app/summary.json", "published.json" }));
        Assert.That(Directory.Exists(Path.Combine(Published, "other")), Is.False);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Published, "published.json")), Is.EqualTo("""["app/summary.json"]"""));
    }

    [Test]
    public async Task WriteAsync_WhatIsKept_StaysAndCanBeRemovedLater()
    {
        await WriteAsync("app/old.json", "app/summary.json");

        await WriteAsync(path => path == "app/old.json", "app/summary.json");
        Assert.That(Files(), Is.EqualTo(new[] { "app/old.json", "app/summary.json", "published.json" }));

        await WriteAsync("app/summary.json");
        Assert.That(Files(), Is.EqualTo(new[] { "app/summary.json", "published.json" }));
    }

    // The list has been written, the file not yet or not any more.
    [Test]
    public async Task WriteAsync_BrokenOffBefore_GoesOn()
    {
        await WriteAsync("app/summary.json", "app/secret.week.json");
        File.Delete(Path.Combine(Published, "app", "secret.week.json"));

        await WriteAsync("app/summary.json");

        Assert.That(Files(), Is.EqualTo(new[] { "app/summary.json", "published.json" }));
    }

    [Test]
    public async Task WriteAsync_ListThatNamesOtherPlaces_RemovesNothingThere()
    {
        string outside = _folder.Combine("outside.txt");
        await File.WriteAllTextAsync(outside, "not ours");
        await WriteAsync("app/summary.json");
        await File.WriteAllTextAsync(
            Path.Combine(Published, "published.json"), $"""["../outside.txt","{outside}","app/../../outside.txt","app/summary.json"]""");

        await WriteAsync("app/summary.json");

        Assert.That(File.Exists(outside));
    }

    private Task WriteAsync(params string[] paths) => WriteAsync(_ => false, paths);

    private Task WriteAsync(Func<string, bool> isKept, params string[] paths) => PublishedFolder.WriteAsync(
        Published, paths.ToDictionary(path => path, Encoding.UTF8.GetBytes), isKept, CancellationToken.None);

    private string[] Files() =>
    [
        .. Directory.EnumerateFiles(Published, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Published, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];
}
