using System.Globalization;
using System.Net;
using System.Text;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.EndToEndTests.Operations;

/// <summary>Two processes of the built reference server on one PostgreSQL, behind a real haproxy.</summary>
[Category("Long")]
[RequiresTool("haproxy")]
[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
public sealed class TwoServersTests
{
    private const string Key = "the-operators-key";

    private readonly int[] _ports = [FreePort.Find(), FreePort.Find()];
    private readonly ServerProcess?[] _servers = new ServerProcess?[2];
    private TemporaryFolder _folder = null!;
    private PostgreSqlCluster _cluster = null!;
    private string _database = "";
    private Haproxy _haproxy = null!;
    private HttpClient _http = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _cluster = PostgreSqlCluster.Start(isDurable: true);
        _database = _cluster.CreateDatabase();
        // Both at once, on a database without tables.
        await Task.WhenAll(StartServerAsync(0), StartServerAsync(1));
        await ShareOutAsync(retries: 3);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _haproxy.DisposeAsync();
        foreach (ServerProcess? server in _servers)
        {
            await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        _cluster.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task Post_StormsOfOneIdAcrossBoth_AreAcceptedOnceEach()
    {
        for (int round = 0; round < 20; round++)
        {
            string id = Reports.NewId();

            HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => SendAsync(id)));

            Assert.That(answers.Count(answer => answer == HttpStatusCode.NoContent), Is.EqualTo(1));
            Assert.That(answers.Count(answer => answer == HttpStatusCode.TooManyRequests), Is.EqualTo(63));
        }

        Assert.That(await AcceptedByAsync(0) > 0 && await AcceptedByAsync(1) > 0, Is.True, "Both took part.");
        AssertStored([]);
    }

    [Test]
    public async Task Post_OneServerKilledUnderLoad_LosesNoAcknowledgedReport()
    {
        (Load load, Task running, CancellationTokenSource end) = Begin(clients: 16);
        await MoreAsync(load, 300);
        _servers[0]!.Process.Signal("KILL");
        await MoreAsync(load, 300);
        await EndAsync(running, end);

        TestContext.Out.WriteLine(Told(load));
        // Of a request that was on its way nobody knows; haproxy says so.
        Assert.That(load.Refused.Keys, Is.SubsetOf(new[] { HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable }));
        AssertStored(load.Accepted);
    }

    [Test, Property("Case", 95)]
    public async Task Post_PostgreSqlKilledAndStartedAgain_IsUnavailableMeanwhileAndGoesOn()
    {
        (Load load, Task running, CancellationTokenSource end) = Begin(clients: 8);
        await MoreAsync(load, 200);
        _cluster.Kill();
        foreach (ServerProcess? server in _servers)
        {
            await UntilAsync(async () => await server!.SendAsync(Reports.NewId()) == HttpStatusCode.ServiceUnavailable);
        }

        _cluster.Restart();
        await MoreAsync(load, 200);
        await EndAsync(running, end);

        TestContext.Out.WriteLine(Told(load));
        Assert.That(load.Refused.Keys, Is.EqualTo(new[] { HttpStatusCode.ServiceUnavailable }));
        Assert.That(load.Uncertain, Is.Empty);
        AssertStored(load.Accepted);
    }

    // The new version knows another field and another channel. Of a client that is newer than its server the field is left out, and
    // the channel is a mistake of its own.
    [Test]
    public async Task Replace_BothServersByANewVersionOneAfterTheOther_AnswersNothingButAcceptance()
    {
        // Nothing is made good by a second try: who ends has said so in time.
        await _haproxy.DisposeAsync();
        _http.Dispose();
        await ShareOutAsync(retries: 0);

        string schema = WriteNextSchema();
        (Load load, Task running, CancellationTokenSource end) = Begin(clients: 8);
        (Load next, Task runningNext, CancellationTokenSource endOfNext) = Begin(clients: 2, NextReport);
        await MoreAsync(load, 100);
        Assert.That(next.Accepted, Is.Empty);
        for (int i = 0; i < _servers.Length; i++)
        {
            ServerProcess old = _servers[i]!;
            old.Process.Signal("TERM");
            ChildResult ended = await old.Process.WaitForExitAsync();
            Assert.That((ended.ExitCode, ended.Error), Is.EqualTo((0, "")));
            await old.DisposeAsync();

            await StartServerAsync(i, $"--UsageReporting:Server:Products:0:Schema={schema}");
            int replaced = i;
            await UntilAsync(async () => await AcceptedByAsync(replaced) > 0);
        }

        await MoreAsync(load, 100);
        int refused = next.Refused.Values.Sum();
        await MoreAsync(next, 100);
        await EndAsync(running, end);
        await EndAsync(runningNext, endOfNext);

        TestContext.Out.WriteLine($"{Told(load)}; of the next version {Told(next)}");
        Assert.That(load.Refused, Is.Empty);
        Assert.That(load.Uncertain.Concat(next.Uncertain), Is.Empty);
        Assert.That(next.Refused.Keys, Is.EqualTo(new[] { HttpStatusCode.BadRequest }));
        Assert.That(next.Refused.Values.Sum(), Is.EqualTo(refused), "Once both are new.");
        AssertStored([.. load.Accepted, .. next.Accepted]);
        Assert.That(
            PostgreSqlCluster.Query(_database, "SELECT uuid FROM reports WHERE channel = 'nightly' AND feature_new = 1"),
            Is.EquivalentTo(next.Accepted));
    }

    private async Task StartServerAsync(int i, params string[] others) => _servers[i] = await ServerProcess.StartAsync(
        Directory.CreateDirectory(_folder.Combine($"{i}")).FullName,
        settings:
        [
            "--urls", $"http://127.0.0.1:{_ports[i]}", $"--UsageReporting:Server:PostgreSql={_database}",
            "--UsageReporting:Server:Proxies:0=127.0.0.1", "--UsageReporting:Server:DrainSeconds=8", $"--UsageReporting:Server:AdminKey={Key}",
            .. others,
        ]);

    private string WriteNextSchema()
    {
        ReportSchema schema = SeedSchemas.PaperlessNgx;
        WordField channel = (WordField)schema.Find("channel")!;
        string file = _folder.Combine("next.json");
        File.WriteAllBytes(
            file,
            ReportSchema.Create(
                schema.Header,
                [
                    .. schema.Fields.Select(field => field == channel
                        ? UsageField.Word(channel.Name, channel.Label, channel.Purpose, [.. channel.Words, "nightly"]) with { Required = true }
                        : field),
                    UsageField.Flag("feature_new", "New", "Whether what is new is used."),
                ]).ToJson());
        return file;
    }

    private static string NextReport(string id) =>
        Reports.Paperless(id, "nightly").Replace("\"feature_ai\":", "\"feature_new\":true,\"feature_ai\":", StringComparison.Ordinal);

    private async Task ShareOutAsync(int retries)
    {
        _haproxy = new Haproxy(_ports[0], _ports[1], retries);
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = _haproxy.Address };
        await UntilAsync(async () =>
        {
            try
            {
                return await SendAsync(Reports.NewId()) == HttpStatusCode.NoContent;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    private Task<HttpStatusCode> SendAsync(string id) => SendReportAsync(Reports.Paperless(id));

    private async Task<HttpStatusCode> SendReportAsync(string json)
    {
        using StringContent report = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.PostAsync("/report", report);
        return answer.StatusCode;
    }

    private (Load Load, Task Running, CancellationTokenSource End) Begin(int clients, Func<string, string>? report = null)
    {
        CancellationTokenSource end = new();
        Load load = new(id => SendReportAsync((report ?? (id => Reports.Paperless(id)))(id)), goesOn: true);
        return (load, load.RunAsync(clients, end.Token), end);
    }

    private static async Task EndAsync(Task running, CancellationTokenSource end)
    {
        await end.CancelAsync();
        await running;
        end.Dispose();
    }

    private static Task MoreAsync(Load load, int accepted)
    {
        int before = load.Accepted.Count;
        return UntilAsync(() => Task.FromResult(load.Accepted.Count >= before + accepted));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromMinutes(1));
        while (!await condition())
        {
            await Task.Delay(20, bound.Token);
        }
    }

    // What the server itself says.
    private async Task<long> AcceptedByAsync(int server)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/metrics");
        request.Headers.Authorization = new("Bearer", Key);
        using HttpResponseMessage answer = await _servers[server]!.Http.SendAsync(request);
        string? line = (await answer.Content.ReadAsStringAsync()).Split('\n').FirstOrDefault(line => line.StartsWith(
            "usage_reporting_reports_total{product=\"paperless-ngx\",outcome=\"accepted\"}", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
    }

    private void AssertStored(IReadOnlyCollection<string> accepted)
    {
        IReadOnlyList<string> stored = PostgreSqlCluster.Query(_database, "SELECT uuid FROM reports");
        Assert.That(stored, Is.Unique.And.SupersetOf(accepted));
    }

    private static string Told(Load load) =>
        $"{load.Accepted.Count} accepted, {load.Uncertain.Count} without an answer, otherwise "
        + string.Join(", ", load.Refused.Select(refused => $"{(int)refused.Key} × {refused.Value}"));
}
