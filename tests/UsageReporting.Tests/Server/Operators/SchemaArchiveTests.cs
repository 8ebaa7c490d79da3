using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server.Operators;
using UsageReporting.Server.Operators.Pages;
using UsageReporting.Server.Products;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Operators;

public sealed class SchemaArchiveTests
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 5, 18, 12, 0, 0, TimeSpan.Zero));
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task Read_StartedWithTwoSchemas_HasBothAndWhatChanged()
    {
        await StartAsync(Schema("a"));
        await StartAsync(Schema("a"));
        IReadOnlyList<SchemaVersion> versions = await StartAsync(Schema("a", "b"));

        Assert.That(versions.Select(version => $"{version.Since:u} {string.Join("; ", version.Changes)}"), Is.EqualTo(new[]
        {
            "2026-05-20 12:00:00Z b is new: flag", "2026-05-18 12:00:00Z ",
        }));
        Assert.That(Directory.GetFiles(_folder.Combine("schemas")).Select(Path.GetFileName), Is.EquivalentTo(new[]
        {
            "kept.20260518T120000Z.json", "kept.20260520T120000Z.json",
        }));
    }

    [Test]
    public async Task StartAsync_FolderCannotBeMade_GoesOn()
    {
        await File.WriteAllTextAsync(_folder.Combine("schemas"), "a file");

        Assert.That(await StartAsync(Schema("a")), Is.Empty);
    }

    // And a day passes.
    private async Task<IReadOnlyList<SchemaVersion>> StartAsync(ReportSchema schema)
    {
        ProductCatalog catalog = TestCatalog.Of(_folder, schema);
        SchemaArchive archive = new(_folder.Combine("schemas"), catalog, _time, NullLogger<SchemaArchive>.Instance);
        await archive.StartAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromDays(1));
        return archive.Read(catalog.Default!);
    }

    private static ReportSchema Schema(params string[] flags) => ReportSchema.Create(
        new SchemaHeader { Product = "kept" }, [.. flags.Select(flag => UsageField.Flag(flag, "A flag", "For tests."))]);
}
