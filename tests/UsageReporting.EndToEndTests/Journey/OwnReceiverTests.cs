using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Journey;

/// <summary>The receiver that docs/own-receiver.md shows, in a process of its own, and the real client.</summary>
[TestFixture]
internal sealed class OwnReceiverTests
{
    private const string Report = """{"uuid":"f81d4fae-7dec-4d0a-a765-00a0c91e6bf6","version":"2.15.0","channel":"beta","mail":true}""";

    private static readonly VersionField Version =
        UsageField.Version("version", "Version", "Which release is running.") with { Required = true };

    private static readonly WordField Channel = UsageField.Word("channel", "Channel", "Whether betas are tried.", ["stable", "beta"]);
    private static readonly FlagField Mail = UsageField.Flag("mail", "Mail enabled", "Whether any mail account is configured.");

    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "own-receiver.md"));

    private TemporaryFolder _folder = null!;
    private ChildProcess _receiver = null!;
    private HttpClient _http = null!;

    private string Stored => _folder.Combine("reports");

    [SetUp]
    public async Task SetUp()
    {
        _folder = new TemporaryFolder();
        await File.WriteAllTextAsync(_folder.Combine("schema.json"), JsonOfThePage(0));
        await StartAsync();
    }

    [TearDown]
    public async Task TearDown()
    {
        _http.Dispose();
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public void Page_Snippets_AreTheReceiverAndTheClientsSchema()
    {
        using UsageReporter client = Client();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Page, Does.Contain($"```csharp\n{File.ReadAllText(RepositoryRoot.Combine("tests", "UsageReporting.OwnReceiver", "Program.cs"))}```\n"));
            Assert.That(ReportSchema.Parse(Encoding.UTF8.GetBytes(JsonOfThePage(0))).ToJson(), Is.EqualTo(client.Schema.ToJson()));
            Assert.That(JsonOfThePage(1), Is.EqualTo($"{Report}\n"));
        }
    }

    [Test]
    public async Task ReportAsync_Twice_IsStoredOnceAlsoAfterARestart()
    {
        await using UsageReporter client = Client();
        Agreement agreement = new();

        ReportOutcome sent = await client.ReportAsync(agreement);
        await _receiver.DisposeAsync();
        _http.Dispose();
        await StartAsync();
        await using UsageReporter later = Client();
        ReportOutcome again = await later.ReportAsync(agreement);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.EqualTo(new ReportOutcome.Sent()));
            Assert.That(later.Describe(again)[0], Is.EqualTo("Already submitted today. Nothing sent."));
            Assert.That(
                await File.ReadAllTextAsync(Directory.GetFiles(Stored).Single()),
                Is.EqualTo((await client.GetHistoryAsync()).Single(report => report.Answer == "accepted").Report));
        }
    }

    [Test]
    public async Task Post_TheSameBytesAgain_SaysThatItHasThem()
    {
        Assert.That((await PostAsync(Report)).Status, Is.EqualTo(HttpStatusCode.NoContent));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(IsSame(await PostAsync(Report)), Is.True);
            Assert.That(IsSame(await PostAsync(Report.Replace("true", "false", StringComparison.Ordinal))), Is.False);
        }
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{\"uuid\":")]
    [TestCase("""{"version":"2.15.0"}""")]
    [TestCase("""{"uuid":"../../etc/passwd","version":"2.15.0"}""")]
    [TestCase("""{"uuid":" f81d4fae-7dec-4d0a-a765-00a0c91e6bf6 ","version":"2.15.0"}""")]
    [TestCase("""{"uuid":"f81d4fae-7dec-4d0a-a765-00a0c91e6bf6"}""")]
    [TestCase("""{"uuid":"f81d4fae-7dec-4d0a-a765-00a0c91e6bf6","version":"2.15.0","name":"undeclared"}""")]
    [TestCase("""{"uuid":"f81d4fae-7dec-4d0a-a765-00a0c91e6bf6","version":"2.15.0","channel":"gamma"}""")]
    [TestCase("""{"uuid":"f81d4fae-7dec-4d0a-a765-00a0c91e6bf6","version":"2.15.0","mail":"true"}""")]
    [TestCase("""{"uuid":"f81d4fae-7dec-4d0a-a765-00a0c91e6bf6","version":null}""")]
    public async Task Post_NoReport_IsRefusedAndNothingIsStored(string body)
    {
        Assert.That((await PostAsync(body)).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(Directory.GetFiles(Stored), Is.Empty);
    }

    [Test]
    public async Task Post_Compressed_IsStoredAsItWasAndABombIsNot()
    {
        Assert.That((await PostAsync(Gzip(Report))).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await File.ReadAllTextAsync(Directory.GetFiles(Stored).Single()), Is.EqualTo(Report));
        Assert.That((await PostAsync(Gzip(new string(' ', 10_000_000)))).Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test, Property("Case", 38)]
    public async Task Post_ManyAtOnceOfOneInstallation_OneIsFirst()
    {
        (HttpStatusCode Status, string Body)[] answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => PostAsync(Report)));

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.NoContent), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests), Is.EqualTo(31));
    }

    private static string JsonOfThePage(int number) => Page.Split("```json\n")[number + 1].Split("```")[0];

    private static bool IsSame((HttpStatusCode Status, string Body) answer)
    {
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        return JsonDocument.Parse(answer.Body).RootElement.GetProperty("same_report").GetBoolean();
    }

    private static ByteArrayContent Gzip(string text)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        ByteArrayContent content = new(bytes.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private async Task StartAsync()
    {
        _receiver = ChildProcess.Start(
            "dotnet",
            [
                BuiltSample.TestProgram("UsageReporting.OwnReceiver"), "--urls", "http://127.0.0.1:0",
                "--Schema=schema.json", "--Folder=reports",
            ],
            // The tests' own folder has settings of another server.
            new ChildOptions { WorkingDirectory = _folder.Path });
        await _receiver.WaitForOutputAsync("Application started");
        string listening = _receiver.Output.Split('\n').Single(line => line.Contains("Now listening on: ", StringComparison.Ordinal));
        _http = new HttpClient { BaseAddress = new Uri(listening.Split("on: ")[1].Trim()) };
    }

    private UsageReporter Client() => UsageReporter.Create("my-app", builder => builder
        .Configure(usage => usage.DataDirectory = _folder.Combine("state"))
        .AddCollector([Version, Channel, Mail], (_, values, _) =>
        {
            values.Set(Version, "2.15.0");
            values.Set(Channel, "beta");
            values.Set(Mail, true);
            return ValueTask.CompletedTask;
        })
        .AddHttpSink(new Uri(_http.BaseAddress!, "/report").AbsoluteUri));

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string report)
    {
        using StringContent content = new(report, Encoding.UTF8, "application/json");
        return await PostAsync(content);
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(HttpContent content)
    {
        using HttpResponseMessage answer = await _http.PostAsync("/report", content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
