using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace UsageReporting.Benchmarks;

/// <summary>What counting one thing costs: by a handle and through a meter, beside the least that it can cost and OpenTelemetry.</summary>
[MemoryDiagnoser]
public class TallyBenchmarks
{
    private const int Operations = 1_000_000;

    private static readonly CountsField Events =
        UsageField.Counts("events", "Events", "What is used.", ["job_created"], 0, 1_000_000_000);

    private static readonly CountsField Kinds =
        UsageField.Counts("kinds", "Kinds", "What is used.", ["prusa", "bambu"], 0, 1_000_000_000);

    private string _folder = "";
    private long _cell;
    private UsageReporter _reporter = null!;
    private UsageTally _tally = null!;
    private Counter<long> _counter = null!;
    private Counter<long> _tagged = null!;
    private MeterProvider _provider = null!;
    private Counter<long> _otherCounter = null!;
    private Counter<long> _otherTagged = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Start()
    {
        Meter listened = new("Benchmark.Tallies");
        Meter exported = new("Benchmark.OpenTelemetry");
        _folder = Directory.CreateTempSubdirectory("tallies-").FullName;
        _reporter = UsageReporter.Create(
            "benchmark",
            builder => builder
                .Configure(options =>
                {
                    options.Consent = ConsentMode.OptIn;
                    options.DataDirectory = _folder;
                })
                .AddTallies(tallies => tallies.FromMeter(listened.Name).Add(Events).Add(Kinds, "printers", "kind"))
                .AddConsoleSink());
        _tally = _reporter.Tallies.Of(Events, "job_created");
        if (!_reporter.SetConsentAsync(ConsentChoice.Yes).GetAwaiter().GetResult() || !_tally.IsCounting)
        {
            throw new InvalidOperationException("Nothing would be counted.");
        }

        _counter = listened.CreateCounter<long>("job_created");
        _tagged = listened.CreateCounter<long>("printers");
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(exported.Name)
            .AddReader(new BaseExportingMetricReader(new NoExporter()))
            .Build();
        _otherCounter = exported.CreateCounter<long>("job_created");
        _otherTagged = exported.CreateCounter<long>("printers");
    }

    [GlobalCleanup]
    public void Stop()
    {
        _reporter.Dispose();
        _provider.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void InterlockedIncrement() => OnEachThread(() =>
    {
        for (int i = 0; i < Operations; i++)
        {
            Interlocked.Increment(ref _cell);
        }
    });

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Handle() => OnEachThread(() =>
    {
        for (int i = 0; i < Operations; i++)
        {
            _tally.Add();
        }
    });

    [Benchmark(OperationsPerInvoke = Operations)]
    public void ThroughMeter() => OnEachThread(() =>
    {
        for (int i = 0; i < Operations; i++)
        {
            _counter.Add(1);
        }
    });

    [Benchmark(OperationsPerInvoke = Operations)]
    public void ThroughMeterByTag() => OnEachThread(() =>
    {
        for (int i = 0; i < Operations; i++)
        {
            _tagged.Add(1, new KeyValuePair<string, object?>("kind", "prusa"));
        }
    });

    [Benchmark(OperationsPerInvoke = Operations)]
    public void OpenTelemetry() => OnEachThread(() =>
    {
        for (int i = 0; i < Operations; i++)
        {
            _otherCounter.Add(1);
        }
    });

    [Benchmark(OperationsPerInvoke = Operations)]
    public void OpenTelemetryByTag() => OnEachThread(() =>
    {
        for (int i = 0; i < Operations; i++)
        {
            _otherTagged.Add(1, new KeyValuePair<string, object?>("kind", "prusa"));
        }
    });

    // Each thread does all of it, so that the time is that of one operation while others do the same.
    private void OnEachThread(Action count)
    {
        Thread[] others = [.. Enumerable.Range(1, Threads - 1).Select(_ => new Thread(() => count()))];
        Array.ForEach(others, thread => thread.Start());
        count();
        Array.ForEach(others, thread => thread.Join());
    }
}
