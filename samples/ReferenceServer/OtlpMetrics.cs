using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ReferenceServer;

/// <summary>
/// Sends what the server counts about itself to a collector of OpenTelemetry, where one is named by the settings that
/// every OpenTelemetry program has (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>). Without one it is not there at all: the exporter
/// would otherwise look for a collector on this machine.
/// </summary>
internal sealed class OtlpMetrics(IConfiguration configuration) : IHostedService, IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";

    // What a collector that does not answer may hold up the end of the process.
    private const int LastWithinMilliseconds = 1_000;

    private MeterProvider? _provider;

    public static bool IsWanted(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration[Endpoint]) || !string.IsNullOrWhiteSpace(configuration[MetricsEndpoint]);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(ResourceBuilder.CreateEmpty()
                .AddService("usage-reports").AddTelemetrySdk().AddEnvironmentVariableDetector())
            .AddMeter("UsageReporting.Server")
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.Shutdown(LastWithinMilliseconds);
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();
}
