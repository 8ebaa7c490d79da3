using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Machine;

/// <summary>What whoever runs the application sets for its reports, and what becomes of a mistake in it.</summary>
public sealed class OperatorSettingsTests
{
    private const string Accepted = "HTTP/1.1 204 No Content\r\n\r\n";
    private const string Prefix = "PAPERLESS_NGX_USAGE_REPORTING_";

    private TemporaryFolder _folder = null!;
    private string _endpoint = "https://stats.example.org/report";
    private string? _apiKey;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("TIMEOUT", "5", "5")]
    [TestCase("TIMEOUT", " 60\n", "60")]
    [TestCase("RETRY_COUNT", "0", "0")]
    [TestCase("RETRY_COUNT", "10", "10")]
    [TestCase("SUBMISSION_INTERVAL_DAYS", "1", "1")]
    [TestCase("SUBMISSION_INTERVAL_DAYS", "30", "30")]
    [TestCase("ENDPOINT", "https://stats.example.com/submit", "https://stats.example.com/submit")]
    [TestCase("ENDPOINT", "http://127.0.0.1:8080/", "http://127.0.0.1:8080/")]
    [TestCase("API_KEY", "k_9!~", "k_9!~")]
    [TestCase("TIMEOUT", "", "")]
    [TestCase("ENDPOINT", "  ", "")]
    public void Settings_Right_AreUsed(string name, string value, string used)
    {
        using TestClient client = Client((Prefix + name, value));

        OperatorSettings settings = client.Services.GetRequiredService<OperatorSettings>();

        Assert.That(
            $"{settings.Endpoint}{settings.ApiKey}{settings.TimeoutSeconds}{settings.RetryCount}{settings.IntervalDays}",
            Is.EqualTo(used));
        Assert.That(settings.Mistakes, Is.Empty);
    }

    [TestCase("TIMEOUT", "4", "is not a whole number from 5 to 60")]
    [TestCase("TIMEOUT", "61", "is not a whole number from 5 to 60")]
    [TestCase("TIMEOUT", "10s", "is not a whole number from 5 to 60")]
    [TestCase("TIMEOUT", "7.5", "is not a whole number from 5 to 60")]
    [TestCase("TIMEOUT", "99999999999", "is not a whole number from 5 to 60")]
    [TestCase("RETRY_COUNT", "-1", "is not a whole number from 0 to 10")]
    [TestCase("RETRY_COUNT", "11", "is not a whole number from 0 to 10")]
    [TestCase("SUBMISSION_INTERVAL_DAYS", "0", "is not a whole number from 1 to 30")]
    [TestCase("SUBMISSION_INTERVAL_DAYS", "31", "is not a whole number from 1 to 30")]
    [TestCase("SUBMISSION_INTERVAL_DAYS", "٧", "is not a whole number from 1 to 30")]
    [TestCase("ENDPOINT", "stats.example.org", "is no address that reports may go to")]
    [TestCase("ENDPOINT", "http://stats.example.org/report", "is no address that reports may go to")]
    [TestCase("ENDPOINT", "https://alice:canary@stats.example.org/", "is no address that reports may go to")]
    [TestCase("ENDPOINT", "/report", "is no address that reports may go to")]
    [TestCase("API_KEY", "can ary", "is no key")]
    [TestCase("API_KEY", "canary\r\nX-Other: 1", "is no key")]
    [TestCase("API_KEY", "canaryé", "is no key")]
    public async Task Settings_Wrong_MeanOffByNameAndOnceInTheLog(string name, string value, string because)
    {
        using TestClient client = Client((Prefix + name, value));
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);

        ReportOutcome outcome = await client.ReportAsync(ConsentAnswer.Yes);
        await client.Reporter.GetStatusAsync();

        Assert.That(outcome, Is.EqualTo(new ReportOutcome.SwitchedOff($"{Prefix}{name} {because}")));
        Assert.That(client.Log.Lines.Count(line => line.Contains(Prefix + name, StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(client.Log.Lines, Has.None.Contains("canary"));
        Assert.That((await client.Reporter.GetDetailsAsync()).Switches, Contains.Item(Prefix + name));
    }

    // A key that is too long, apart, for the name of the test.
    [TestCase(256, true)]
    [TestCase(257, false)]
    public void IsKey_Length_HasALimit(int length, bool isKey) =>
        Assert.That(OperatorSettings.IsKey(new string('k', length)), Is.EqualTo(isKey));

    [Test]
    public async Task Settings_OfTheConfiguration_AreUsedAndNamedAsTheyAreSpelt()
    {
        using TestClient client = Client(
            ("UsageReporting:Timeout", "30"), ("UsageReporting:RetryCount", "many"), ("UsageReporting:SubmissionIntervalDays", "3"));
        OperatorSettings settings = client.Services.GetRequiredService<OperatorSettings>();

        Assert.That((settings.TimeoutSeconds, settings.IntervalDays), Is.EqualTo(((int?)30, (int?)3)));
        Assert.That(
            (await client.Reporter.GetStatusAsync()).Decision.Because,
            Is.EqualTo("UsageReporting:RetryCount is not a whole number from 0 to 10"));
    }

    [Test]
    public void Settings_InBoth_TheEnvironmentIsStronger()
    {
        using TestClient client = Client((Prefix + "TIMEOUT", "20"), ("UsageReporting:Timeout", "nonsense"));

        OperatorSettings settings = client.Services.GetRequiredService<OperatorSettings>();

        Assert.That((settings.TimeoutSeconds, settings.Mistakes.Count), Is.EqualTo(((int?)20, 0)));
    }

    [Test]
    public void Options_TheOperatorsSettings_TakeThePlaceOfTheApplications()
    {
        using TestClient client = Client(
            (Prefix + "ENDPOINT", "https://stats.example.com/submit"), (Prefix + "TIMEOUT", "42"),
            (Prefix + "RETRY_COUNT", "1"), (Prefix + "SUBMISSION_INTERVAL_DAYS", "2"));

        HttpSinkOptions sink = client.Services.GetRequiredService<IOptionsMonitor<HttpSinkOptions>>().Get("UsageReporting.Http.0");
        UsageScheduleOptions schedule = client.Services.GetRequiredService<IOptions<UsageScheduleOptions>>().Value;

        Assert.That(client.Reporter.Endpoints.Single().Destination, Is.EqualTo("https://stats.example.com/submit"));
        Assert.That(
            (sink.TimeoutSeconds, schedule.RetryCount, schedule.IntervalDays), Is.EqualTo((42, 1, 2)));
    }

    [TestCase(4, 3, 7, "timeoutSeconds: must be between 5 and 60.")]
    [TestCase(10, 11, 7, "retryCount: must be between 0 and 10.")]
    [TestCase(10, 3, 31, "intervalDays: must be between 1 and 30.")]
    public void Options_OfTheApplicationWrong_FailAtTheStart(int timeout, int retries, int interval, string mistake) =>
        Assert.That(
            () => UsageReporter.Create("app", builder => builder
                .AddFlag<object>("mail", "Mail", "Why.", _ => true)
                .AddHttpSink(options => (options.Endpoint, options.TimeoutSeconds) = (new Uri(_endpoint), timeout))
                .UseSchedule(options => (options.RetryCount, options.IntervalDays) = (retries, interval))),
            Throws.TypeOf<OptionsValidationException>().With.Message.EqualTo(mistake));

    [Test]
    public async Task Endpoint_Changed_ThePersonIsAskedAgain()
    {
        using (TestClient before = Client())
        {
            await before.Reporter.SetConsentAsync(ConsentChoice.Yes);
        }

        using TestClient client = Client((Prefix + "ENDPOINT", "https://stats.example.com/submit"));

        ConsentDecision decision = (await client.Reporter.GetStatusAsync()).Decision;
        Assert.That((decision.State, decision.Because), Is.EqualTo(
            (ConsentState.Ask, "reports would go to another place than you were told")));
    }

    [Test]
    public async Task ApiKey_Set_TravelsWithTheRequestAndIsNowhereElse()
    {
        await using LoopbackServer server = new(Accepted);
        _endpoint = server.Endpoint.AbsoluteUri;
        using TestClient client = Client((Prefix + "API_KEY", "canary-7f3"));

        Assert.That(await client.ReportAsync(ConsentAnswer.Once), Is.EqualTo(new ReportOutcome.Sent()));

        Assert.That(server.Requests.Single(), Does.Contain("\r\nX-API-Key: canary-7f3\r\n"));
        Assert.That(client.Log.Lines, Has.None.Contains("canary"));
        Assert.That(
            Directory.GetFiles(client.DataDirectory).Select(File.ReadAllText), Has.None.Contains("canary"));
        Assert.That((await client.Reporter.Kept.ExportAsync()).ToJsonString(), Does.Not.Contain("canary"));
    }

    // A key is told to nobody but whom it is for.
    [TestCase("https://stats.example.com/submit", null, null)]
    [TestCase("https://stats.example.com/submit", "of-the-operator", "of-the-operator")]
    [TestCase(null, "of-the-operator", "of-the-operator")]
    [TestCase(null, null, "of-the-application")]
    public void ApiKey_OfTheApplication_IsForItsOwnEndpoint(string? endpoint, string? key, string? used)
    {
        _apiKey = "of-the-application";
        using TestClient client = Client((Prefix + "ENDPOINT", endpoint ?? ""), (Prefix + "API_KEY", key ?? ""));

        HttpSinkOptions sink = client.Services.GetRequiredService<IOptionsMonitor<HttpSinkOptions>>().Get("UsageReporting.Http.0");

        Assert.That(sink.ApiKey, Is.EqualTo(used));
    }

    [Test]
    public async Task Timeout_Set_IsHowLongAnAttemptTakes()
    {
        await using LoopbackServer server = new(LoopbackServer.Half(""));
        _endpoint = server.Endpoint.AbsoluteUri;
        using TestClient client = Client((Prefix + "TIMEOUT", "5"));
        IReportSink sink = client.Services.GetRequiredService<IReportSink>();
        Task<DeliveryResult> attempt = sink.DeliverAsync(
            new ReportDelivery("{}"u8.ToArray(), IsRepeat: false, TimeSpan.FromDays(7)), CancellationToken.None).AsTask();
        await server.Received;

        client.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.That(attempt.IsCompleted, Is.False);
        client.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.That(await attempt, Is.EqualTo(new DeliveryResult.Unreachable("time-out", MaybeReceived: true)));
    }

    // Names with a colon are keys of the configuration, the others variables.
    private TestClient Client(params (string Name, string Value)[] settings)
    {
        TestClient client = new(_folder.Combine("state"))
        {
            Configure = options =>
            {
                Paperless.Configure(options);
                options.Consent = ConsentMode.OptIn;
            },
            Add = builder =>
            {
                builder.AddHttpSink(options => (options.Endpoint, options.ApiKey) = (new Uri(_endpoint), _apiKey)).UseSchedule();
                builder.Services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
                    .AddInMemoryCollection(settings.Where(one => one.Name.Contains(':', StringComparison.Ordinal))
                        .Select(one => KeyValuePair.Create(one.Name, (string?)one.Value)))
                    .Build());
            },
        };
        foreach ((string name, string value) in settings.Where(one => !one.Name.Contains(':', StringComparison.Ordinal)))
        {
            client.Machine.Variables[name] = value;
        }

        return client;
    }
}
