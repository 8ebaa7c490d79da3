using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace UsageReporting.Benchmarks;

/// <summary>What a host pays for usage reporting when it starts: the difference between the two.</summary>
[MemoryDiagnoser]
public class HostStartBenchmarks
{
    [Benchmark(Baseline = true)]
    public Task WithoutUsageReportingAsync() => StartAsync(static _ => { });

    [Benchmark]
    public Task WithUsageReportingAsync() => StartAsync(static services => services.AddUsageReporting("benchmark")
        .AddEnvironmentCollector()
        .AddRuntimeCollector()
        .AddPlatformCollector()
        .AddOperatingSystemCollector()
        .AddInstallTypeCollector()
        .AddHttpSink("https://stats.example.org/report"));

    // Built, validated and started, as Program.cs does; nothing is due.
    private static async Task StartAsync(Action<IServiceCollection> add)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        add(builder.Services);
        using IHost host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
    }
}
