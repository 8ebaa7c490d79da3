using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.DependencyInjection;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;
using VerifyNUnit;

namespace UsageReporting.Tests.Server.DependencyInjection;

public sealed class UsageReportingServerOptionsTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void StartAsync_NothingDeclared_NamesBothMistakes() =>
        Assert.That(
            MistakesOf(_ => { }),
            Is.EqualTo(new[] { "There is no product: call AddProduct.", "There is no storage engine: call UseSqlite or UsePostgreSql." }));

    [Test]
    public void StartAsync_DatabaseThatIsNoFile_AsksForAFolder()
    {
        File.WriteAllBytes(_folder.Combine("paperless.json"), SeedSchemas.PaperlessNgxJson);

        Assert.That(
            MistakesOf(server => server.AddProduct("paperless-ngx", _folder.Combine("paperless.json"))
                .Services.Configure<UsageReportingServerOptions>(options => options.Engines.Add("elsewhere"))),
            Is.EqualTo(new[] { "There is no folder for keys: set DataDirectory of AddUsageReportingServer." }));
    }

    [Test, Property("Case", 102)]
    public Task StartAsync_EverythingWrong_NamesAllMistakes()
    {
        File.WriteAllText(_folder.Combine("broken.json"), "{\"product\":7}");
        File.WriteAllBytes(
            _folder.Combine("napari.json"),
            ReportSchema.Create(
                SeedSchemas.Napari.Header, SeedSchemas.Napari.Fields.Where(field => field.Name != IdentityFields.PeriodName)).ToJson());
        File.WriteAllBytes(_folder.Combine("paperless.json"), SeedSchemas.PaperlessNgxJson);

        string[] mistakes = MistakesOf(server => server
            .AddProduct("missing", _folder.Combine("missing.json"))
            .AddProduct("broken", _folder.Combine("broken.json"))
            .AddProduct("napari", _folder.Combine("napari.json"))
            .AddProduct("other-name", _folder.Combine("paperless.json"))
            .AddProduct("paperless-ngx", _folder.Combine("paperless.json"), product =>
            {
                product.ApiKey = " ";
                product.ReportsPerHour = 0;
            })
            .AddProduct("paperless-ngx", _folder.Combine("paperless.json"))
            .UseSqlite(_folder.Combine("usage.db"))
            .UseSqlite(_folder.Combine("nowhere", "usage.db"))
            .UseSqlite(_folder.Path));

        return Verifier.Verify(string.Join('\n', mistakes).Replace(_folder.Path, "{Folder}", StringComparison.Ordinal));
    }

    [TestCase(-1), TestCase(301)]
    public void StartAsync_DrainOfNoSense_IsNamed(int seconds) =>
        Assert.That(
            MistakesOf(server => server.Services.Configure<UsageServerOptions>(options => options.DrainSeconds = seconds)),
            Has.Member("DrainSeconds must be 0 to 300."));

    [TestCase("Username=usage;Password=geheim", "The connection string of PostgreSQL has no Host.")]
    [TestCase(
        "Host=localhost;Port=many;Password=geheim",
        "The connection string of PostgreSQL cannot be read: it is like Host=db.example.org;Username=usage;Database=usage.")]
    [Property("Case", 102)]
    public void StartAsync_PostgreSqlWithoutAFolderAndBadlyNamed_NamesBothMistakes(string connectionString, string mistake)
    {
        File.WriteAllBytes(_folder.Combine("paperless.json"), SeedSchemas.PaperlessNgxJson);

        Assert.That(
            MistakesOf(server => server
                .AddProduct("paperless-ngx", _folder.Combine("paperless.json")).UsePostgreSql(connectionString)),
            Is.EqualTo(new[]
            {
                "There is no folder for keys: set DataDirectory of AddUsageReportingServer.",
                mistake,
            }));
    }

    [Test, Property("Case", 102)]
    public void StartAsync_NameTooLongForPostgreSql_IsNamedWithTheOtherMistakes()
    {
        string name = new('a', 56);
        File.WriteAllBytes(
            _folder.Combine("long.json"),
            ReportSchema.Create(new SchemaHeader { Product = name }, [UsageField.Flag("flag", "Flag", "A flag.")]).ToJson());

        Assert.That(
            MistakesOf(server => server.AddProduct(name, _folder.Combine("long.json")).UsePostgreSql("Username=usage")),
            Is.EqualTo(new[]
            {
                "There is no folder for keys: set DataDirectory of AddUsageReportingServer.",
                "The connection string of PostgreSQL has no Host.",
                $"The product \"{name}\" has a name of more than 55 characters, for which PostgreSQL's names are too short.",
            }));
    }

    [Test]
    public void MapUsageReports_WithoutTheServer_SaysWhatIsMissing()
    {
        using WebApplication app = WebApplication.CreateSlimBuilder().Build();

        Assert.That(
            () => app.MapUsageReports("/report", "paperless-ngx"),
            Throws.InvalidOperationException.With.Message.Contains("AddUsageReportingServer()"));
    }

    [Test]
    public void MapUsageReports_UnknownProduct_NamesTheKnownOnes()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        File.WriteAllBytes(_folder.Combine("paperless.json"), SeedSchemas.PaperlessNgxJson);
        builder.Services.AddUsageReportingServer()
            .AddProduct("paperless-ngx", _folder.Combine("paperless.json")).UseSqlite(_folder.Combine("usage.db"));
        using WebApplication app = builder.Build();

        Assert.That(
            () => app.MapUsageReports("/report", "paperless"),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "There is no product \"paperless\". AddProduct added: paperless-ngx."));
    }

    private static string[] MistakesOf(Action<UsageReportingServerBuilder> declare)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        declare(builder.Services.AddUsageReportingServer());
        using IHost host = builder.Build();

        OptionsValidationException? thrown = Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        return [.. thrown!.Failures];
    }
}
