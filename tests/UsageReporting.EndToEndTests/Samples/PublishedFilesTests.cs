using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>
/// <c>ReferenceServer digest</c> and <c>publish</c> beside a running server, and the views for Grafana: all of them read what
/// the server has made of the last week.
/// </summary>
public sealed class PublishedFilesTests
{
    private TemporaryFolder _folder = null!;
    private RunningServer _server = null!;
    private string _week = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        DateTime monday = now.UtcDateTime.Date.AddDays(-(((int)now.DayOfWeek + 6) % 7));
        DateTimeOffset lastWeek = new(monday.AddDays(-7), TimeSpan.Zero);
        _week = string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(lastWeek.UtcDateTime)}-W{ISOWeek.GetWeekOfYear(lastWeek.UtcDateTime):00}");
        _folder = new TemporaryFolder();
        await using (RunningServer receiving = await RunningServer.StartAsync(_folder, new ManualTimeProvider(lastWeek)))
        {
            for (int i = 0; i < 12; i++)
            {
                using HttpResponseMessage answer = await receiving.PostAsync(Reports.Paperless(Reports.NewId(), "beta"));
                answer.EnsureSuccessStatusCode();
            }
        }

        // When it starts, the week is over.
        _server = await RunningServer.StartAsync(_folder, new ManualTimeProvider(now));
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(60));
        while (_server.Query($"SELECT window FROM rollups WHERE product = 'paperless-ngx' AND window = '{_week}'").Count == 0)
        {
            await Task.Delay(20, bound.Token);
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Digest_ServerRunning_PrintsTheWeek()
    {
        ChildResult result = await RunAsync("digest");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.StartWith($"# paperless-ngx, {_week}\n").And.Contain($"| {_week} | 12 | 12 | – | 0 |"));
        Assert.That(result.Output, Does.Match(@"\*\*Channel\*\* \([0-9W-]+\): beta 100 %\n"));
    }

    [Test]
    public async Task Publish_ServerRunning_WritesWhatTheServerSays()
    {
        string folder = _folder.Combine("published");

        ChildResult result = await RunAsync("publish", folder);

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        string of = Path.Combine(folder, "paperless-ngx");
        Assert.That(await File.ReadAllTextAsync(Path.Combine(of, "summary.json")), Is.EqualTo(await _server.Http.GetStringAsync("/stats/summary")));
        Assert.That(
            await File.ReadAllTextAsync(Path.Combine(of, "channel.week.json")),
            Is.EqualTo(await _server.Http.GetStringAsync("/stats/paperless-ngx/channel")));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(of, "channel.week.csv")), Does.Match($"^window,value,installs,of,share,lower,median,upper,as_of\r\n{_week},beta,12,12,1,,,,[0-9T:-]+Z\r\n$"));
        Assert.That(
            await File.ReadAllTextAsync(Path.Combine(of, "active_week.svg")),
            Is.EqualTo(await _server.Http.GetStringAsync("/badge/paperless-ngx/active_week.svg")));
        Assert.That(
            await File.ReadAllTextAsync(Path.Combine(of, "schema.json")), Is.EqualTo(await _server.Http.GetStringAsync("/schema/paperless-ngx")));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(of, "index.html")), Is.EqualTo(await _server.Http.GetStringAsync("/paperless-ngx/")));
        Assert.That(Directory.EnumerateFiles(folder, "*.tmp", SearchOption.AllDirectories), Is.Empty);
        Assert.That(Directory.EnumerateFiles(of, "_*").Select(Path.GetFileName), Is.EquivalentTo(new[]
        {
            "_new.week.json", "_new.week.csv", "_first_seen.month.json", "_first_seen.month.csv",
        }));
    }

    [Test]
    public async Task Publish_ProductNotPublicAnyMore_RemovesItsFiles()
    {
        string folder = _folder.Combine("removed");
        await RunAsync("publish", folder);
        string page = Path.Combine(folder, "paperless-ngx", "notes.html");
        await File.WriteAllTextAsync(page, "of the other host");

        ChildResult result = await RunAsync("publish", folder, "--UsageReporting:Server:Products:0:PublicStatistics=false");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(Directory.EnumerateFiles(Path.Combine(folder, "paperless-ngx")), Is.EqualTo(new[] { page }));
        Assert.That(File.Exists(Path.Combine(folder, "napari", "summary.json")));
    }

    [Test]
    public async Task GetStatistics_ProductWhoseNumbersAreNotPublic_NeedsTheKey()
    {
        using TemporaryFolder data = new();
        await using ServerProcess server = await ServerProcess.StartAsync(data.Path, settings:
        [
            "--UsageReporting:Server:AdminKey=secret", "--UsageReporting:Server:Products:0:PublicStatistics=false",
        ]);
        using HttpRequestMessage withKey = new(HttpMethod.Get, "/stats/summary");
        withKey.Headers.Add("X-API-Key", "secret");

        using HttpResponseMessage ofAnybody = await server.Http.GetAsync("/stats/summary");
        using HttpResponseMessage ofOperator = await server.Http.SendAsync(withKey);
        using HttpResponseMessage badge = await server.Http.GetAsync("/badge/paperless-ngx/active_week.svg");

        Assert.That(ofAnybody.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(ofOperator.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(badge.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Digest_NoDatabase_SaysSo()
    {
        using TemporaryFolder empty = new();

        ChildResult result = await RunOnAsync(empty.Path, "digest");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Is.EqualTo($"The numbers cannot be read: There is no database {empty.Combine("usage.db")}.\n"));
    }

    [Test]
    public async Task Main_UnknownVerb_PrintsTheUsage()
    {
        ChildResult result = await RunAsync("digets");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.StartWith("usage: ReferenceServer "));
    }

    [Test]
    public void Grafana_EveryQueryOfTheDashboard_RunsOverTheViews()
    {
        using SqliteConnection connection = new($"Data Source={_folder.Combine("usage.db")};Pooling=False");
        connection.Open();
        Run(connection, File.ReadAllText(RepositoryRoot.Combine("ops", "grafana", "views.sql")));
        using JsonDocument dashboard = JsonDocument.Parse(
            File.ReadAllText(RepositoryRoot.Combine("ops", "grafana", "usage-reports.json")));
        string[] queries =
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray()
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.GetProperty("rawQueryText").GetString()!),
        ];

        Assert.That(queries, Has.Length.EqualTo(8));
        foreach (string query in queries)
        {
            string sql = query.Replace("$product", "paperless-ngx", StringComparison.Ordinal)
                .Replace("$interval", "week", StringComparison.Ordinal).Replace("$field", "channel", StringComparison.Ordinal);
            Assert.That(() => Run(connection, sql), Throws.Nothing, sql);
        }

        Assert.That(
            _server.Query("SELECT window, value, installs, share FROM stats_values WHERE field = 'channel' AND interval = 'week'"),
            Is.EqualTo(new[] { $"{_week}|beta|12|1" }));
    }

    private Task<ChildResult> RunAsync(params string[] verb) => RunOnAsync(_folder.Path, verb);

    private static async Task<ChildResult> RunOnAsync(string data, params string[] verb)
    {
        return await ChildProcess.RunAsync(
            "dotnet",
            [BuiltSample.Dll("ReferenceServer"), .. verb, $"--UsageReporting:Server:DataDirectory={data}"],
            new ChildOptions { Bound = TimeSpan.FromMinutes(3) });
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Files of this repository.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
