using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Journey;

/// <summary>What an application has sent for weeks is seen and taken back by its client, over a real socket.</summary>
[TestFixture(IdentityKind.Stable)]
[TestFixture(IdentityKind.Rotating)]
internal sealed class TakeBackTests(IdentityKind kind)
{
    private ManualTimeProvider _time = null!;
    private TemporaryFolder _folder = null!;
    private WebApplication _server = null!;
    private ServiceProvider _application = null!;

    private UsageReporter Reporter => _application.GetRequiredService<UsageReporter>();

    [SetUp]
    public async Task SetUp()
    {
        _time = new ManualTimeProvider(new DateTimeOffset(2026, 5, 18, 12, 0, 0, TimeSpan.Zero));
        _folder = new TemporaryFolder();
        string address = "";
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(_time);
        services.AddUsageReporting("library", usage =>
            {
                usage.Consent = ConsentMode.OptIn;
                usage.DataDirectory = _folder.Combine("state");
                usage.WindowDays = 7;
                usage.Identity = new ReportIdentity { Kind = kind };
            })
            .AddEnvironmentCollector(environment => environment.Version = "1.2.3")
            .AddIdentityFields(kind == IdentityKind.Stable
                ? [IdentityFields.ErasureKey()]
                : [IdentityFields.Period(RotationPeriod.Week), IdentityFields.ErasureKey()])
            .AddHttpSink(sink => sink.Endpoint = new Uri($"{address}/report"));
        _application = services.BuildServiceProvider();

        await File.WriteAllBytesAsync(_folder.Combine("schema.json"), _application.GetRequiredService<ReportSchema>().ToJson());
        _server = await StartAsync("http://127.0.0.1:0");
        address = _server.Urls.Single();
        await Reporter.SetConsentAsync(ConsentChoice.Yes);
        for (int week = 0; week < 4; week++)
        {
            Assert.That(await Reporter.ReportAsync(new Agreement()), Is.InstanceOf<ReportOutcome.Sent>());
            _time.Advance(TimeSpan.FromDays(7));
        }
    }

    [TearDown]
    public async Task TearDown()
    {
        await _server.DisposeAsync();
        await _application.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task ExportAsync_WeeksOfReports_GivesEachByteOfThem()
    {
        string[] sent = [.. (await Reporter.GetHistoryAsync()).Select(report => report.Report).Reverse()];

        IReadOnlyList<(string Destination, TakeBackResult Result)> answers = await Reporter.ExportAsync();

        string[] stored =
        [
            .. answers.Select(answer => answer.Result).OfType<TakeBackResult.Answered>()
                .SelectMany(answer => JsonNode.Parse(answer.Json)!["reports"]!.AsArray())
                .OrderBy(report => (string)report!["received"]!)
                .Select(WithoutTime),
        ];
        Assert.That(stored.Length, Is.EqualTo(4));
        Assert.That(
            stored.Zip(sent), Has.All.Matches<(string Stored, string Sent)>(pair => JsonNode.DeepEquals(JsonNode.Parse(pair.Stored), JsonNode.Parse(pair.Sent))));
    }

    [Test]
    public async Task EraseAsync_WeeksOfReports_AreGoneWithReceipts()
    {
        UsageErasure erasure = await Reporter.EraseAsync(isOff: true);

        Assert.Multiple(async () =>
        {
            Assert.That(erasure.Waiting, Is.Empty);
            Assert.That(erasure.Receipts.Sum(receipt => receipt.Reports), Is.EqualTo(4));
            Assert.That(Count("reports"), Is.Zero);
            Assert.That(Count("installations"), Is.Zero);
            Assert.That(
                (await Reporter.GetReceiptsAsync()).Select(text => ErasureReceipt.Parse(text)!),
                Has.All.Matches<ErasureReceipt>(receipt => receipt.IsSignedBy(receipt.PublicKey!)));
            Assert.That((await Reporter.GetStatusAsync()).Decision.State, Is.EqualTo(ConsentState.Off));
            Assert.That(Directory.GetFiles(_folder.Combine("state")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "consent.json", "history.jsonl", "lock", "receipts.jsonl" }));
        });
    }

    [Test]
    public async Task EraseAsync_ServerAway_IsDoneWhenItIsBack()
    {
        string address = _server.Urls.Single();
        await _server.StopAsync();
        await _server.DisposeAsync();
        Assert.That((await Reporter.EraseAsync(isOff: true)).Waiting, Has.Count.EqualTo(1));

        _server = await StartAsync(address);
        Assert.That(Count("reports"), Is.EqualTo(4));
        _time.Advance(TimeSpan.FromHours(1));
        await using (UsageRun run = await Reporter.BeginRunAsync(new ConsoleConsentPrompt(TextWriter.Null)))
        {
            Assert.That(() => Count("reports"), Is.Zero.After(20_000, 20));
        }

        Assert.That((await Reporter.EraseAsync()).Waiting, Is.Empty);
    }

    private static string WithoutTime(JsonNode? report)
    {
        report!.AsObject().Remove("received");
        return report.ToJsonString();
    }

    private long Count(string table) =>
        (long)StoredReports.Query(_folder.Combine("usage.db"), $"SELECT count(*) AS n FROM {table}").Single()["n"]!;

    private async Task<WebApplication> StartAsync(string address)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddUsageReportingServer().AddProduct("library", _folder.Combine("schema.json")).UseSqlite(_folder.Combine("usage.db"));
        WebApplication app = builder.Build();
        app.MapUsageReports("/report", "library");
        app.MapUsageInstallations();
        app.MapUsageReceiptKey();
        await app.StartAsync();
        return app;
    }
}
