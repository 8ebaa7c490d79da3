using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

public sealed class UsageReportingHealthCheckTests
{
    private TemporaryFolder _folder = null!;
    private ScriptedSink _sink = null!;
    private TestClient _client = null!;

    [SetUp]
    public void StartClient()
    {
        _folder = new TemporaryFolder();
        _sink = new ScriptedSink();
        _client = new TestClient(_folder.Combine("state"), _sink);
    }

    [TearDown]
    public void EndClient()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task CheckHealthAsync_BeforeTheFirstReport_IsHealthyAndTouchesNothing()
    {
        HealthCheckResult health = await CheckAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(health.Data, Is.EquivalentTo(new Dictionary<string, object>
        {
            ["state"] = "ask",
            ["because"] = "nothing is sent unless you say yes to it, each time",
            ["unanswered"] = false,
        }));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public async Task CheckHealthAsync_SwitchedOff_IsHealthyAndSaysByWhat()
    {
        _client.Machine.Variables["DO_NOT_TRACK"] = "1";
        await _client.ReportAsync(ConsentAnswer.Yes);
        HealthCheckResult health = await CheckAsync();

        Assert.That((health.Status, health.Data["state"], health.Data["because"]),
            Is.EqualTo((HealthStatus.Healthy, "off", "DO_NOT_TRACK is set")));
    }

    [Test]
    public async Task CheckHealthAsync_NothingReached_IsHealthy()
    {
        _sink.Answering(ScriptedSink.Refused);
        await _client.ReportAsync(ConsentAnswer.Yes);

        Assert.That((await CheckAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task CheckHealthAsync_RefusedAndThenAccepted_IsDegradedUntilThen()
    {
        _sink.Answering(new DeliveryResult.Rejected(["arch: is odd."]));
        await _client.ReportAsync(ConsentAnswer.Yes);
        HealthCheckResult refused = await CheckAsync();
        _sink.Answering(new DeliveryResult.Accepted());
        await _client.ReportAsync(ConsentAnswer.Yes);

        Assert.That((refused.Status, refused.Description), Is.EqualTo((
            HealthStatus.Degraded, "The report was refused as it is.")));
        Assert.That((await CheckAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    private Task<HealthCheckResult> CheckAsync() =>
        ActivatorUtilities.CreateInstance<UsageReportingHealthCheck>(_client.Services).CheckHealthAsync(new HealthCheckContext());
}
