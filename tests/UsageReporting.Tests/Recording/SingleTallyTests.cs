using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Recording;

/// <summary>Tallies of fields that have a single number.</summary>
public sealed class SingleTallyTests
{
    private const string MeterName = "SingleTally";

    private static readonly CountField Jobs = UsageField.Count("usage.jobs", "Jobs", "Why.", 0, 1_000);
    private static readonly CountField Hours = UsageField.Count("usage.hours", "Hours", "Why.", 0, 100);

    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _time = null!;
    private Meter _meter = null!;
    private ScriptedSink _sink = null!;

    [SetUp]
    public void Make()
    {
        _folder = new TemporaryFolder();
        _time = new ManualTimeProvider();
        _meter = new Meter(MeterName);
        _sink = new ScriptedSink();
    }

    [TearDown]
    public void Remove()
    {
        _meter.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task Report_AfterAYes_HoldsWhatHandleAndCounterCounted()
    {
        using TestClient client = await AgreedAsync();
        client.Reporter.Tallies.Of(Hours).Add();
        client.Reporter.Tallies.Of(Hours).Add(2);
        Counter<long> jobs = _meter.CreateCounter<long>("app.jobs");
        jobs.Add(5);
        jobs.Add(2, new KeyValuePair<string, object?>("printer", "prusa"));
        client.Reporter.Tallies.Of(Jobs).Add();

        Assert.That(await SentAsync(client), Is.EqualTo("""{"usage":{"jobs":8,"hours":3}}"""));
        _time.Advance(TimeSpan.FromDays(7));
        Assert.That(await SentAsync(client), Is.EqualTo("{}"), "nothing happened since");
    }

    [Test]
    public async Task Report_MoreThanTheFieldAllows_TheRestIsInTheNext()
    {
        using TestClient client = await AgreedAsync();
        client.Reporter.Tallies.Of(Hours).Add(130);

        Assert.That(await SentAsync(client), Is.EqualTo("""{"usage":{"hours":100}}"""));
        _time.Advance(TimeSpan.FromDays(7));
        Assert.That(await SentAsync(client), Is.EqualTo("""{"usage":{"hours":30}}"""));
    }

    [Test]
    public async Task Meter_CounterThatIsCalledAsASingleNumberIsKept_IsDropped()
    {
        using TestClient client = await AgreedAsync();
        _meter.CreateCounter<long>("total").Add(1);

        Assert.That(await SentAsync(client), Is.EqualTo("{}"));
        Assert.That(client.Reporter.Tallies.Dropped, Is.EqualTo(1));
    }

    [Test]
    public void Of_FieldThatWasNotAdded_IsTheDevelopersMistake()
    {
        using TestClient client = Client();

        Assert.That(
            () => client.Reporter.Tallies.Of(UsageField.Count("other", "Other", "Why.", 0, 1)),
            Throws.ArgumentException.With.Message.StartsWith("AddTallies was not given the field \"other\"."));
    }

    private async Task<TestClient> AgreedAsync()
    {
        TestClient client = Client();
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        return client;
    }

    private TestClient Client() => new(_folder.Combine("state"), _sink)
    {
        Time = _time,
        Fields = [],
        Collect = _ => { },
        Configure = options => options.Consent = ConsentMode.OptIn,
        Add = builder => builder.AddTallies(tallies => tallies.FromMeter(MeterName).Add(Jobs, "app.jobs").Add(Hours)),
    };

    // The report without its id.
    private async Task<string> SentAsync(TestClient client)
    {
        await client.ReportAsync(ConsentAnswer.Yes);
        return "{" + _sink.Reports.Last()[46..].TrimStart(',');
    }
}
