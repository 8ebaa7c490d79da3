using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Storage;

/// <summary>How every storage engine gives back and erases an installation. An engine's tests derive from this and open it.</summary>
public abstract class InstallationStoreConformance
{
    private static readonly DateTimeOffset Monday = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly TestReports _reports = new();

    private IReportStore _store = null!;
    private IInstallationStore _installations = null!;
    private Product _product = null!;

    private protected ProductCatalog Catalog { get; private set; } = null!;

    /// <summary>The folder of the test.</summary>
    protected TemporaryFolder Folder { get; private set; } = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        Folder = new TemporaryFolder();
        Catalog = TestCatalog.Of(Folder, TestSchemas.Erasable, TestSchemas.Rotating, TestSchemas.NoId);
        _product = Catalog.Default!;
        (_store, _installations) = await OpenStoresAsync();
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await CloseStoresAsync();
        _reports.Dispose();
        Folder.Dispose();
    }

    private protected abstract Task<(IReportStore Reports, IInstallationStore Installations)> OpenStoresAsync();

    private protected abstract Task CloseStoresAsync();

    /// <summary>Keeps a copy of the database, as an operator does, and later puts it in the place of the database.</summary>
    private protected abstract void Backup();

    private protected abstract void Restore();

    /// <summary>Everything in which an erased installation must not be found, without the backup.</summary>
    private protected abstract string ReadAll();

    /// <summary>The first column of each row, as text; NULL is empty.</summary>
    protected abstract IReadOnlyList<string> Query(string sql);

    [Test]
    public async Task FindErasureKeyAsync_KeysOfSeveralReports_TheFirstStays()
    {
        string id = Id(1);
        await StoreAsync(id, Monday, Key('a'));
        await StoreAsync(id, Monday.AddDays(7));
        await StoreAsync(id, Monday.AddDays(14), Key('b'));

        Assert.That(await _installations.FindErasureKeyAsync(_product, id), Is.EqualTo(Key('a')));
        Assert.That(await _installations.FindErasureKeyAsync(_product, Id(2)), Is.Null);
        Assert.That(await _installations.FindErasureKeyAsync(Catalog.Products[1], id), Is.Null);
    }

    // Ids are shown in previews and asked for in issues: whoever knows one is not its owner.
    [Test]
    public async Task FindErasureKeyAsync_KeyOfALaterReport_OpensNothing()
    {
        await StoreAsync(Id(1), Monday);

        Assert.That(await StoreAsync(Id(1), Monday.AddDays(7), Key('a')), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(await _installations.FindErasureKeyAsync(_product, Id(1)), Is.Null);
    }

    [Test]
    public async Task EraseAsync_InstallationForgottenBeforeItsReports_IsErased()
    {
        await StoreAsync(Id(1), Monday, Key('a'));
        Query("DELETE FROM installations");

        Assert.That(await _installations.EraseAsync(_product, Id(1)), Is.EqualTo(new ErasureOutcome.Erased(1)));
        Assert.That(Query("SELECT uuid FROM reports"), Is.Empty);
    }

    [Test, Property("Case", 88)]
    public async Task ReadAsync_TwoReports_GivesAllThatIsStored()
    {
        string id = Id(1);
        await StoreAsync(id, Monday, Key('a'), """, "place":{"flag":true,"text":"one"},"set":["red","blue"],"counts":{"green":3},"versions":{"a":"1.2.3"}""");
        await StoreAsync(id, Monday.AddDays(7), Key('a'));
        await StoreAsync(Id(2), Monday);

        StoredInstallation stored = (await _installations.ReadAsync(_product, id))!;

        Assert.Multiple(() =>
        {
            Assert.That(stored.FirstSeen, Is.EqualTo("2026-05-18T12:00:00Z"));
            Assert.That(stored.LastSeen, Is.EqualTo("2026-05-25T12:00:00Z"));
            Assert.That(stored.LastSha256, Does.Match("^[0-9a-f]{64}$"));
            Assert.That(stored.IsHeld, Is.False);
            Assert.That(stored.Reports.Select(report => report.Received), Is.EqualTo(new[] { "2026-05-18T12:00:00Z", "2026-05-25T12:00:00Z" }));
            Assert.That(stored.Reports[0].Columns, Is.EquivalentTo(new Dictionary<string, object>
            {
                ["uuid"] = id, ["place_flag"] = 1L, ["place_text"] = "one", ["erasure_key"] = Key('a'),
            }));
            Assert.That(stored.Reports[0].Entries, Is.EquivalentTo(new (string, string, object?)[]
            {
                ("set", "red", null), ("set", "blue", null), ("counts", "green", 3L), ("versions", "a", "1.2.3"),
            }));
            Assert.That(stored.Reports[1].Entries, Is.Empty);
        });
        Assert.That(await _installations.ReadAsync(_product, Id(3)), Is.Null);
        Assert.That(await _installations.ReadAsync(Catalog.Products[2], id), Is.Null);
    }

    [Test]
    public async Task EraseAsync_Installation_IsGoneWithItsReportsAndNothingElse()
    {
        await StoreAsync(Id(1), Monday, Key('a'), """, "set":["red"]""");
        await StoreAsync(Id(1), Monday.AddDays(7), Key('a'), """, "set":["red"]""");
        await StoreAsync(Id(2), Monday, Key('a'), """, "set":["red"]""");

        Assert.That(await _installations.EraseAsync(_product, Id(1)), Is.EqualTo(new ErasureOutcome.Erased(2)));
        Assert.That(Query("SELECT uuid FROM reports"), Is.EqualTo(new[] { Id(2) }));
        Assert.That(Query("SELECT id FROM installations"), Is.EqualTo(new[] { Id(2) }));
        Assert.That(Query("SELECT count(*) FROM report_values"), Is.EqualTo(new[] { "1" }));
        Assert.That(await _installations.EraseAsync(_product, Id(1)), Is.EqualTo(ErasureOutcome.Unknown.Instance));
        Assert.That(await _installations.ReadAsync(_product, Id(1)), Is.Null);
    }

    [Test]
    public async Task EraseAsync_ThenAReport_IsANewInstallation()
    {
        await StoreAsync(Id(1), Monday, Key('a'));
        await _installations.EraseAsync(_product, Id(1));

        Assert.That(await StoreAsync(Id(1), Monday.AddHours(1), Key('b')), Is.InstanceOf<StoreOutcome.Accepted>().With.Property("IsNew").True);
        Assert.That(await _installations.FindErasureKeyAsync(_product, Id(1)), Is.EqualTo(Key('b')));
        await CloseStoresAsync();
        (_store, _installations) = await OpenStoresAsync();
        Assert.That(Query("SELECT uuid FROM reports"), Is.EqualTo(new[] { Id(1) }), "What came after the erasure stays.");
    }

    [Test, Property("Case", 43)]
    public async Task EraseAsync_BesideReports_IsBeforeOrAfterEach()
    {
        for (int i = 0; i < 50; i++)
        {
            string id = Id(i);
            await StoreAsync(id, Monday);
            Task<StoreOutcome> report = StoreAsync(id, Monday.AddDays(7));
            Task<ErasureOutcome> erasure = _installations.EraseAsync(_product, id);
            StoreOutcome stored = await report;
            int erased = ((ErasureOutcome.Erased)await erasure).Reports;

            Assert.That(stored, Is.InstanceOf<StoreOutcome.Accepted>());
            Assert.That(
                Query($"SELECT count(*) FROM reports WHERE uuid = '{id}'"),
                Is.EqualTo(new[] { (2 - erased).ToString(CultureInfo.InvariantCulture) }));
        }
    }

    // Thousands of others around them, so that pages are split and moved.
    [Test]
    public async Task EraseAsync_SomeOfThousands_AreGoneAndStayOutOfABackup()
    {
        string[] ids = [.. Enumerable.Range(0, 3_000).Select(Id)];
        foreach (string[] some in ids.Chunk(500))
        {
            await Task.WhenAll(some.Select(id => StoreAsync(id, Monday, Key('a'), $$""", "place":{"text":"{{Word(id)}}"},"set":["red"]""")));
        }

        Backup();
        string[] gone = [.. ids.Where((_, i) => i % 100 == 7)];
        Assert.That(Found(gone), Is.Not.Empty, "It is read, and ids in it are found.");
        foreach (string id in gone)
        {
            await _installations.EraseAsync(_product, id);
        }

        Assert.That(Found(gone), Is.Empty);
        await CloseStoresAsync();
        Restore();
        Assert.That(Found(gone), Is.Not.Empty);
        (_store, _installations) = await OpenStoresAsync();

        Assert.That(Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { "2970" }));
        Assert.That(Query("SELECT count(*) FROM report_values"), Is.EqualTo(new[] { "2970" }));
        Assert.That(Query("SELECT count(*) FROM installations"), Is.EqualTo(new[] { "2970" }));
        Assert.That(Found(gone), Is.Empty);
        Assert.That(await StoreAsync(gone[0], Monday), Is.InstanceOf<StoreOutcome.Accepted>().With.Property("IsNew").True);
    }

    // A text of its own for each, as an id is not all that must be gone.
    private static string Word(string id) =>
        string.Concat(id.Where(char.IsAsciiHexDigit).Select(digit => (char)('a' + Convert.ToInt32(digit.ToString(), 16))));

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{(uint)(number * 2_654_435_761):x8}-e5f6-4890-abcd-{number:000000000000}");

    private static string Key(char digit) => new(digit, 64);

    private string[] Found(string[] ids)
    {
        string all = ReadAll();
        return [.. ids.Where(id => all.Contains(id, StringComparison.Ordinal) || all.Contains(Word(id), StringComparison.Ordinal))];
    }

    private Task<StoreOutcome> StoreAsync(string id, DateTimeOffset received, string? key = null, string more = "")
    {
        string ofKey = key is null ? "" : $",\"erasure_key\":\"{key}\"";
        return _store.StoreAsync(_reports.Incoming(_product, received, $"{{\"uuid\":\"{id}\"{ofKey}{more}}}"));
    }
}
