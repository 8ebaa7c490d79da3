using System.Net;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>The built reference server and a collector of OpenTelemetry, or none.</summary>
public sealed class OtlpTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Run_CollectorNamed_SendsItWhatTheServerCounts()
    {
        await using LoopbackServer collector = new("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path, settings:
        [
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Endpoint.GetLeftPart(UriPartial.Authority)}",
            "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "--OTEL_METRIC_EXPORT_INTERVAL=200",
        ]);
        Assert.That(await server.SendAsync(Reports.Id), Is.EqualTo(HttpStatusCode.NoContent));

        Assert.That(() => Sent().Contains("accepted", StringComparison.Ordinal), Is.True.After(30_000, 50));
        server.Process.Signal("TERM");
        ChildResult result = await server.Process.WaitForExitAsync();

        Assert.Multiple(() =>
        {
            Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
            Assert.That(Sent(), Does.StartWith("POST /v1/metrics HTTP/1.1\r\n").And.Contain("application/x-protobuf"));
            Assert.That(Sent(), Does.Contain("usage_reporting.reports").And.Contain("usage_reporting.commit.duration"));
            Assert.That(Sent(), Does.Contain("usage-reports").And.Not.Contain(Reports.Id).And.Not.Contain("host.name"));
        });

        string Sent() => string.Concat(collector.Requests.ToArray());
    }

    [Test]
    public async Task Run_CollectorThatIsNotThere_HarmsNobody()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path, settings:
        [
            "--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--OTEL_METRIC_EXPORT_INTERVAL=50",
        ]);

        Assert.That(await server.SendAsync(Reports.Id), Is.EqualTo(HttpStatusCode.NoContent));
        server.Process.Signal("TERM");

        Assert.That((await server.Process.WaitForExitAsync()).ExitCode, Is.Zero);
    }

    [Test, RequiresTool("strace")]
    public async Task Run_NoCollectorNamed_ConnectsToNobody()
    {
        string trace = _folder.Combine("trace");
        using TemporaryFolder data = new();
        await using ServerProcess server = await ServerProcess.StartAsync(
            data.Path, ["strace", "-D", "-f", "-o", trace, "-e", "trace=connect,accept4"]);
        Assert.That(await server.SendAsync(Reports.Id), Is.EqualTo(HttpStatusCode.NoContent));

        server.Process.Signal("TERM");
        await server.Process.WaitForExitAsync();

        // The tracer, which is nobody's child here, writes the last line.
        Assert.That(() => File.ReadAllText(trace), Does.Contain("+++ exited with 0 +++").After(20_000, 50));
        string[] calls = await File.ReadAllLinesAsync(trace);
        Assert.That(calls.Where(call => call.Contains("accept4(", StringComparison.Ordinal)), Is.Not.Empty, "The trace is read.");
        Assert.That(calls.Where(call => call.Contains("connect(", StringComparison.Ordinal) && call.Contains("AF_INET", StringComparison.Ordinal)), Is.Empty);
    }
}
