using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using UsageReporting.Tests.CommandLine;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.Tests.GoogleAnalytics;

/// <summary>A report on its way to Google Analytics: as a person sees it before and afterwards, and as it arrives.</summary>
[NonParallelizable] // The console is the process's.
public sealed class GoogleAnalyticsReportTests
{
    private TemporaryFolder _folder = null!;
    private LoopbackServer _server = null!;
    private TestClient _client = null!;
    private string _answer = "HTTP/1.1 204 No Content\r\n\r\n";

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _server = new LoopbackServer((stream, token) => stream.WriteAsync(Encoding.ASCII.GetBytes(_answer), token).AsTask());
        _client = Start();
        File.WriteAllText(_client.IdFile, Paperless.Id);
    }

    [TearDown]
    public async Task TearDown()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Send_ToGoogle_IsShownSentAndKeptInTheSameBytes()
    {
        CommandResult preview = await RunAsync("preview", "--json");
        CommandResult shown = await RunAsync("preview");
        Assert.That(_server.Requests, Is.Empty);
        CommandResult sent = await RunAsync("send", "--yes");
        CommandResult history = await RunAsync("history");

        string request = _server.Requests.Single();
        string body = MeasurementShape.BodyOf(request);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MeasurementShape.MistakesIn(request), Is.Empty);
            Assert.That(preview.Output, Is.EqualTo($"{body}\n"));
            Assert.That(shown.Output, Does.Contain($"\n{body}\n"));
            Assert.That(sent.Output, Does.EndWith("\nReport sent. Thank you. Whether it was stored is not confirmed there.\n"));
            Assert.That(history.Output, Does.Match("^  1  2026-05-18T12:00:00Z  accepted, unconfirmed  http://127.0.0.1:[0-9]+/mp/collect[?]measurement_id=G-A1B2C3D4E5\n$"));
            Assert.That((await RunAsync("show")).Output, Is.EqualTo($"{body}\n"));
            Assert.That((await RunAsync("verify")).Output, Is.EqualTo("All 1 are as they were sent.\n"));
            Assert.That((await RunAsync("status", "--verbose")).Output, Does.Contain("Last sent       : 2026-05-18T12:00:00Z (accepted, unconfirmed)\n"));
            Assert.That((await RunAsync("status", "--verbose", "--json")).Output, Does.Contain("\"lastAnswer\": \"accepted, unconfirmed\""));
            Assert.That((await File.ReadAllTextAsync(_client.HistoryFile)), Does.Not.Contain("aB3_-x"), "The secret is kept nowhere.");
        }
    }

    [Test]
    public async Task Send_AfterALostAnswer_IsTheSameRequest()
    {
        _answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
        CommandResult lost = await RunAsync("send", "--yes");
        _answer = "HTTP/1.1 204 No Content\r\n\r\n";

        // Another process, an hour later, in which the application has other values.
        _client.Dispose();
        _client = Start(values => values.Set(Paperless.Field<VersionField>("version"), "9.9.9"));
        _client.Time.Advance(TimeSpan.FromHours(1));
        CommandResult again = await RunAsync("send", "--yes");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lost.Output, Does.EndWith("\nCould not confirm delivery: the report may or may not have arrived.\n"));
            Assert.That(again.Output, Does.Contain("Sent again, it may be\ncounted twice."));
            Assert.That(_server.Requests, Has.Count.EqualTo(2));
            Assert.That(_server.Requests.Distinct().Count(), Is.EqualTo(1));
            Assert.That((await RunAsync("history")).Output, Does.Contain("accepted, unconfirmed").And.Not.Contain("no answer"));
        }
    }

    [Test]
    public async Task Preview_ToGoogle_IsAPersonsText()
    {
        VerifySettings settings = new();
        settings.DontScrubGuids();
        settings.DontScrubDateTimes();
        await Verifier.Verify(
            (await RunAsync("preview")).Output.Replace($":{_server.Endpoint.Port}/", ":PORT/", StringComparison.Ordinal), settings);
    }

    private TestClient Start(Action<UsageValues>? collect = null) => new(_folder.Path)
    {
        Collect = collect ?? Paperless.Fill,
        Add = builder => builder.AddGoogleAnalyticsSink(google =>
            (google.MeasurementId, google.ApiSecret, google.Endpoint) = ("G-A1B2C3D4E5", "aB3_-x", new Uri(_server.Endpoint, "/mp/collect"))),
    };

    private Task<CommandResult> RunAsync(params string[] arguments) => CommandRun.RunAsync(_ => _client.Services, ["usage", .. arguments]);
}
