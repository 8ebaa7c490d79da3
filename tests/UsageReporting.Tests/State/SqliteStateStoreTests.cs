using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.State;

/// <summary>A host's own database in the place of files: several machines, one installation.</summary>
public sealed class SqliteStateStoreTests : UsageStateStoreConformance
{
    private string ConnectionString => $"Data Source={Folder.Combine("app.db")};Pooling=False";

    [SetUp]
    public void CreateTable()
    {
        using SqliteConnection connection = new(ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE usage_state (name TEXT PRIMARY KEY, text TEXT NOT NULL)";
        command.ExecuteNonQuery();
    }

    [Test]
    public async Task UseStateStore_TwoMachines_AreOneInstallation()
    {
        ScriptedSink sink = new();
        using TestClient one = Machine("one", sink);
        using TestClient two = Machine("two", sink);

        await one.ReportAsync(ConsentAnswer.Yes);
        two.Time.Advance(TimeSpan.FromSeconds(1));
        await two.ReportAsync(ConsentAnswer.Yes);

        Assert.That((await two.Reporter.GetStatusAsync()).InstallationId,
            Is.Not.Null.And.EqualTo((await one.Reporter.GetStatusAsync()).InstallationId));
        Assert.That(await one.Reporter.GetHistoryAsync(), Has.Count.EqualTo(2));
        Assert.That(Directory.EnumerateFiles(Folder.Path), Is.EquivalentTo(new[] { Folder.Combine("app.db") }));
    }

    [Test]
    public async Task UseStateStore_DatabaseIsGone_NothingIsSentAndThePersonIsTold()
    {
        File.Delete(Folder.Combine("app.db"));
        ScriptedSink sink = new();
        using TestClient client = Machine("one", sink);

        ReportOutcome outcome = await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(client.Reporter.Describe(outcome), Is.EqualTo(
            new[] { "Usage reporting is off: the application's database: consent.json cannot be read. Nothing sent." }));
        Assert.That(sink.Deliveries, Is.Empty);
    }

    [Test]
    public void UseStateStore_WithADataDirectory_IsAMistake()
    {
        using TestClient client = new(Folder.Combine("state"), new ScriptedSink())
        {
            Add = builder => builder.UseStateStore(_ => new SqliteStateStore(ConnectionString)),
        };

        Assert.That(() => client.Reporter, Throws.InstanceOf<OptionsValidationException>().With.Message.EqualTo(
            "dataDirectory: is not used, because UseStateStore keeps everything elsewhere."));
    }

    protected override IUsageStateStore Open() => new SqliteStateStore(ConnectionString);

    private TestClient Machine(string name, ScriptedSink sink) => new(Folder.Combine(name), sink)
    {
        Add = builder =>
        {
            builder.UseStateStore(_ => new SqliteStateStore(ConnectionString));
            builder.Services.PostConfigure<UsageReportingOptions>(options => options.DataDirectory = null);
        },
    };
}
