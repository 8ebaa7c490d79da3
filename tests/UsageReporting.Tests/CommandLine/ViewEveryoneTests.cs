using System.Text.Json;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.Tests.CommandLine;

/// <summary><c>usage view --everyone</c>: what a person reads, and when nobody is asked.</summary>
[NonParallelizable] // The console is the process's.
public sealed class ViewEveryoneTests
{
    private const string Numbers =
        """
        {"product":"paperless-ngx","as_of":"2026-05-01T00:00:10Z","fields_window":"2026-04","fields_installs":10412,"fields":{
        "version":[{"value":"2.15.0","installs":4102,"share":0.394,"interval":[0.3846,0.4034]}],
        "channel":[{"value":"stable","installs":9000,"share":0.8644,"interval":[0.8577,0.8708]},{"value":"other","installs":1412,"share":0.1356,"interval":[0.1292,0.1423]}],
        "build_date":[{"value":"2026-05","installs":12,"share":0.0012}],
        "doc_bucket":[{"value":"0-99","installs":4000,"share":0.3842},{"value":"1000-9999","installs":6000,"share":0.5763},{"value":"50000+","installs":412,"share":0.0396}],
        "multi_user":[{"value":"true","installs":412,"share":0.0396}]},
        "quartiles":{}}
        """;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task ViewEveryone_NumbersAreThere_SetsTheReportBesideThem([Values] bool isJson)
    {
        PublishingSink sink = new(Numbers);
        using TestClient client = new(_folder.Combine("state"), sink);

        CommandResult result = await RunAsync(client, isJson ? ["--json"] : []);

        VerifySettings settings = new();
        settings.DontScrubDateTimes();
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        await Verifier.Verify(result.Output, settings);
        Assert.That(sink.Asked, Is.EqualTo(new[] { "paperless-ngx" }));
        Assert.That(Directory.Exists(client.DataDirectory), Is.False, "Nothing is kept.");
    }

    [TestCase("DO_NOT_TRACK", "1", "DO_NOT_TRACK is set")]
    [TestCase("PAPERLESS_NGX_USAGE_REPORTING", "local", "PAPERLESS_NGX_USAGE_REPORTING is local")]
    public async Task ViewEveryone_SwitchedOff_AsksNobody(string variable, string value, string because)
    {
        PublishingSink sink = new(Numbers);
        using TestClient client = new(_folder.Combine("state"), sink);
        client.Machine.Variables[variable] = value;

        Assert.That(await RunAsync(client), Is.EqualTo(new CommandResult(0, $"Usage reporting is off: {because}. Nothing was asked for.\n", "")));
        Assert.That(sink.Asked, Is.Empty);
    }

    // Without the switch there is no request, whatever is decided.
    [Test]
    public async Task View_WithoutTheSwitch_AsksNobody()
    {
        PublishingSink sink = new(Numbers);
        using TestClient client = new(_folder.Combine("state"), sink);

        await CommandRun.RunAsync(_ => client.Services, ["usage", "view"]);

        Assert.That(sink.Asked, Is.Empty);
    }

    [Test]
    public async Task ViewEveryone_OwnNo_AsksNobody()
    {
        PublishingSink sink = new(Numbers);
        using TestClient client = new(_folder.Combine("state"), sink) { Configure = options => options.Consent = ConsentMode.OptIn };
        await client.Reporter.SetConsentAsync(ConsentChoice.No);

        Assert.That((await RunAsync(client)).Output, Is.EqualTo("Usage reporting is off: you said no on 2026-05-18. Nothing was asked for.\n"));
        Assert.That(sink.Asked, Is.Empty);
    }

    [TestCase("<html>", "no numbers of this product")]
    [TestCase("""{"product":"another"}""", "no numbers of this product")]
    public async Task ViewEveryone_NoNumbers_SaysSoInALine(string answer, string reason)
    {
        using TestClient client = new(_folder.Combine("state"), new PublishingSink(answer));

        Assert.That(await RunAsync(client), Is.EqualTo(new CommandResult(1, "", $"https://numbers.example.org/summary.json has given no numbers ({reason}).\n")));
    }

    [Test]
    public async Task ViewEveryone_SinkThrows_SaysSoInALine()
    {
        using TestClient client = new(_folder.Combine("state"), new PublishingSink(() => throw new FormatException("mine")));

        Assert.That((await RunAsync(client)).Error, Is.EqualTo("https://numbers.example.org/summary.json has given no numbers (FormatException).\n"));
    }

    [Test]
    public async Task ViewEveryone_NothingPublishedYet_SaysSo()
    {
        using TestClient client = new(
            _folder.Combine("state"),
            new PublishingSink("""{"product":"paperless-ngx","as_of":null,"fields_window":"2026-04","fields_installs":null,"fields":{},"quartiles":{}}"""));

        Assert.That((await RunAsync(client)).Output, Is.EqualTo("https://numbers.example.org/summary.json has published no numbers yet: too few have reported.\n"));
    }

    [Test]
    public async Task ViewEveryone_NobodyPublishes_SaysSo()
    {
        using TestClient client = new(_folder.Combine("state"), new ScriptedSink());

        CommandResult result = await RunAsync(client, "--json");

        Assert.That(JsonElement.Parse(result.Output).GetProperty("lines")[0].GetString(), Is.EqualTo("No endpoint of this application publishes numbers."));
    }

    [Test]
    public async Task ViewEveryone_NumbersOfLongAgo_SaysThatTheyAreOld()
    {
        using TestClient client = new(_folder.Combine("state"), new PublishingSink(Numbers));
        client.Time.Advance(TimeSpan.FromDays(60));

        Assert.That((await RunAsync(client)).Output, Does.Contain("\nThese numbers are old: they were made at 2026-05-01T00:00:10Z.\n"));
    }

    // A network may have closed the other's address.
    [TestCase(UsageLevel.Basic, 0)]
    [TestCase(UsageLevel.Full, 1)]
    public async Task ViewEveryone_AnEndpointForEachLevel_AsksThatOfTheReport(UsageLevel level, int asked)
    {
        PublishingSink[] sinks = [new(Numbers) { Level = UsageLevel.Basic }, new(Numbers) { Level = UsageLevel.Full }];
        using TestClient client = new(_folder.Combine("state"), sinks)
        {
            Fields = [.. Paperless.Schema.Fields, UsageField.Flag("tester", "Tester", "Why.") with { Level = UsageLevel.Full }],
            Configure = options =>
            {
                Paperless.Configure(options);
                options.Consent = ConsentMode.OptIn;
            },
        };
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes, level);

        await RunAsync(client);

        Assert.That(sinks.Select(sink => sink.Asked.Count), Is.EqualTo(asked == 0 ? new[] { 1, 0 } : new[] { 0, 1 }));
    }

    private static Task<CommandResult> RunAsync(TestClient client, params string[] options) =>
        CommandRun.RunAsync(_ => client.Services, ["usage", "view", "--everyone", .. options]);
}
