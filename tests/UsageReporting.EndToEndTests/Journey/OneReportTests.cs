using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Journey;

/// <summary>One report through all stages that there are, over a real socket into a real database.</summary>
[TestFixture]
internal sealed class OneReportTests
{
    private static readonly BucketField Books = UsageField.Bucket("books", "Books", "How many, as a range.", [0, 100]);
    private static readonly SetField Shelves = UsageField.Set("shelves", "Shelves", "Which kinds.", ["oak", "steel"]);

    private ManualTimeProvider _time = null!;
    private readonly List<byte[]> _arrived = [];
    private TemporaryFolder _folder = null!;
    private WebApplication _server = null!;
    private ServiceProvider _application = null!;

    // Set by a test: the server stores the report, and then the line is cut instead of the answer given.
    private bool _losesAnswer;

    [SetUp]
    public async Task SetUp()
    {
        _time = new ManualTimeProvider();
        _folder = new TemporaryFolder();
        _arrived.Clear();
        _losesAnswer = false;
        string address = "";
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(_time);
        services.AddUsageReporting("library", usage =>
            {
                usage.DataDirectory = _folder.Combine("state");
                usage.WindowDays = 7;
            })
            .AddEnvironmentCollector(environment => environment.Version = "1.2.3-rc.1+build")
            .AddPlatformCollector()
            .AddCollector([Books, Shelves], (_, values, _) =>
            {
                values.Set(Books, 4711);
                values.Set(Shelves, ["oak", "unheard of"]);
                return ValueTask.CompletedTask;
            })
            .AddHttpSink(sink => sink.Endpoint = new Uri($"{address}/report"));
        _application = services.BuildServiceProvider();

        string schemaFile = _folder.Combine("schema.json");
        await File.WriteAllBytesAsync(schemaFile, _application.GetRequiredService<ReportSchema>().ToJson());
        _server = Server(schemaFile);
        await _server.StartAsync();
        address = _server.Urls.Single();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _server.DisposeAsync();
        await _application.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task ReportAsync_Yes_TheSameBytesAreShownArriveAndAreStored()
    {
        (ReportOutcome outcome, ReportPreview shown) = await ReportAsync();

        Assert.That(outcome, Is.InstanceOf<ReportOutcome.Sent>());
        Assert.That(_arrived.Single(), Is.EqualTo(shown.Report.ToArray()));
        IReadOnlyDictionary<string, object?> row = Query("SELECT * FROM reports").Single();
        string id = (string)row["uuid"]!;
        using (Assert.EnterMultipleScope())
        {
            // decide and collect: what is outside its declaration never left, and the preview says so
            Assert.That(shown.LeftOut.Single().Field.Name, Is.EqualTo("shelves"));
            Assert.That(Encoding.UTF8.GetString(_arrived[0]), Does.Not.Contain("unheard"));

            // compose, show and ask: the id that was shown is the one that is kept and stored
            Assert.That(shown.Rows[0].Value, Is.EqualTo(id));
            Assert.That(File.ReadAllText(_folder.Combine("state", "usage_uuid")).Trim(), Is.EqualTo(id));

            // deliver: nothing is left in the spool, and the history has the very bytes
            Assert.That(File.Exists(_folder.Combine("state", "frozen_report.json")), Is.False);
            SentReport sent = (await _application.GetRequiredService<UsageReporter>().GetHistoryAsync()).Single();
            Assert.That((sent.Answer, sent.Report, sent.IsIntact), Is.EqualTo(("accepted", shown.Json, true)));

            // receive, validate, store once
            Assert.That(row["version"], Is.EqualTo("1.2.3-rc.1+build"));
            Assert.That(row["books"], Is.EqualTo("100+"));
            Assert.That(row["received"], Is.EqualTo("2026-05-18T12:00:00Z"));
            Assert.That(
                Query("SELECT field, key FROM report_values").Select(value => $"{value["field"]}={value["key"]}"),
                Is.EqualTo(["shelves=oak"]));
        }
    }

    [Test]
    public async Task ReportAsync_WithinTheWindow_IsRefusedUntilItsVeryEnd()
    {
        await ReportAsync();

        _time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        (ReportOutcome early, _) = await ReportAsync();
        IReadOnlyList<string> earlyWords = Describe(early);
        _time.Advance(TimeSpan.FromSeconds(1));
        (ReportOutcome onTime, _) = await ReportAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                earlyWords,
                Is.EqualTo(["Already submitted 6 days ago. Nothing sent.", "You can send again after 2026-05-25."]));
            Assert.That(onTime, Is.InstanceOf<ReportOutcome.Sent>());
            Assert.That(Query("SELECT * FROM reports"), Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task ReportAsync_AnswerLost_IsShownAgainAndCountedOnce()
    {
        _losesAnswer = true;
        (ReportOutcome lost, ReportPreview first) = await ReportAsync();
        _losesAnswer = false;
        _time.Advance(TimeSpan.FromDays(1));

        (ReportOutcome found, ReportPreview second) = await ReportAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Describe(lost),
                Is.EqualTo(["Could not confirm delivery: the report may or may not have arrived."]));
            Assert.That(second.IsRepeat, Is.True);
            Assert.That(second.Json, Is.EqualTo(first.Json));
            Assert.That(found, Is.InstanceOf<ReportOutcome.Sent>());
            Assert.That(Query("SELECT * FROM reports"), Has.Count.EqualTo(1));
        }

        (ReportOutcome third, _) = await ReportAsync();
        Assert.That(Describe(third)[0], Is.EqualTo("Already submitted 1 day ago. Nothing sent."));
    }

    [Test]
    public async Task ReportAsync_ServerIsGone_SaysThatNothingWasSent()
    {
        await _server.StopAsync();

        (ReportOutcome outcome, _) = await ReportAsync();

        Assert.That(
            Describe(outcome),
            Is.EqualTo(["Could not reach the reporting endpoint. Nothing was sent."]));
        Assert.That(Directory.GetFiles(_folder.Combine("state")).Select(Path.GetFileName), Is.EquivalentTo(["usage_uuid", "lock"]));
    }

    private IReadOnlyList<string> Describe(ReportOutcome outcome) =>
        _application.GetRequiredService<UsageReporter>().Describe(outcome);

    private async Task<(ReportOutcome Outcome, ReportPreview Shown)> ReportAsync()
    {
        Agreement prompt = new();
        ReportOutcome outcome = await _application.GetRequiredService<UsageReporter>().ReportAsync(prompt);
        return (outcome, prompt.Shown!);
    }

    private IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(string sql) =>
        StoredReports.Query(_folder.Combine("usage.db"), sql);

    private WebApplication Server(string schemaFile)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddUsageReportingServer().AddProduct("library", schemaFile).UseSqlite(_folder.Combine("usage.db"));
        WebApplication app = builder.Build();
        app.Use(async (context, next) =>
        {
            await RecordAsync(context.Request);
            if (_losesAnswer)
            {
                context.Response.Body = Stream.Null;
                await next(context);
                context.Abort();
                return;
            }

            await next(context);
        });
        app.MapUsageReports("/report", "library");
        return app;
    }

    private async Task RecordAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body);
        _arrived.Add(body.ToArray());
        request.Body.Position = 0;
    }
}
