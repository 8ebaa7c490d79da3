using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Ingest;
using UsageReporting.Server.Metrics;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Metrics;

public sealed class MetricRecorderTests
{
    private static readonly Product Paperless = new(SeedSchemas.PaperlessNgx);

    private ServiceProvider _services = null!;
    private MetricRecorder _recorder = null!;

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    [SetUp]
    public void Record()
    {
        _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        _recorder = new MetricRecorder(Meters);
    }

    [TearDown]
    public void Stop()
    {
        _recorder.Dispose();
        _services.Dispose();
    }

    [Test]
    public void Write_NothingIsMeasured_IsEmpty() => Assert.That(_recorder.Write(), Is.Empty);

    [Test]
    public void Write_Counter_AddsUpByItsTags()
    {
        IngestMetrics metrics = new(Meters);
        metrics.CountValid(Paperless, unknownFields: 2, StoreOutcome.Accepted.OfNoReport);
        metrics.CountValid(Paperless, unknownFields: 3, StoreOutcome.Accepted.OfNoReport);
        metrics.CountRejected(Paperless, TypedResults.Problem(statusCode: StatusCodes.Status415UnsupportedMediaType));

        Assert.That(_recorder.Write(), Is.EqualTo("""
            # HELP usage_reporting_reports_total Requests to report, by product and what became of them.
            # TYPE usage_reporting_reports_total counter
            usage_reporting_reports_total{product="paperless-ngx",outcome="accepted"} 2
            usage_reporting_reports_total{product="paperless-ngx",outcome="rejected",reason="media_type"} 1
            # HELP usage_reporting_unknown_fields_total Fields of valid reports that the product's schema does not have.
            # TYPE usage_reporting_unknown_fields_total counter
            usage_reporting_unknown_fields_total{product="paperless-ngx"} 5

            """));
    }

    [Test]
    public void Write_Histogram_CountsWhatIsWithinEachBound()
    {
        StoreMetrics metrics = new(Meters);
        metrics.Committed(1, TimeSpan.FromMilliseconds(1));
        metrics.Committed(3, TimeSpan.FromMilliseconds(2));
        metrics.Committed(1_000, TimeSpan.FromSeconds(10));

        string text = _recorder.Write();

        Assert.That(text, Does.Contain("""
            # TYPE usage_reporting_batch_size histogram
            usage_reporting_batch_size_bucket{le="1"} 1
            usage_reporting_batch_size_bucket{le="2"} 1
            usage_reporting_batch_size_bucket{le="4"} 2
            """));
        Assert.That(text, Does.Contain("""
            usage_reporting_batch_size_bucket{le="512"} 2
            usage_reporting_batch_size_bucket{le="+Inf"} 3
            usage_reporting_batch_size_sum 1004
            usage_reporting_batch_size_count 3
            """));
        Assert.That(text, Does.Contain("usage_reporting_commit_duration_seconds_bucket{le=\"0.001\"} 1\n"));
        Assert.That(text, Does.Contain("usage_reporting_commit_duration_seconds_bucket{le=\"5\"} 2\n"));
        Assert.That(text, Does.Contain("usage_reporting_commit_duration_seconds_sum 10.003\n"));
    }

    [Test]
    public void Write_Gauge_IsWhatItIsNow()
    {
        int waiting = 7;
        new StoreMetrics(Meters).ShowWaiting(() => waiting);
        _recorder.Write();
        waiting = 3;

        Assert.That(_recorder.Write(), Does.Contain("# TYPE usage_reporting_queue_depth gauge\nusage_reporting_queue_depth 3\n"));
    }

    [Test]
    public void Write_Rollups_SaysHowLongAgoTheNewestWindowEnded()
    {
        ManualTimeProvider time = new(new DateTimeOffset(2026, 5, 18, 12, 0, 0, TimeSpan.Zero));
        RollupMetrics metrics = new(Meters, time);
        UsageWindow week = UsageWindow.LastClosed(WindowKind.Week, time.GetUtcNow());
        metrics.Made(Paperless, week, TimeSpan.FromSeconds(2));
        metrics.Saw(Paperless, week.Previous);
        metrics.Saw(Paperless, UsageWindow.Of(WindowKind.Month, new DateOnly(9999, 12, 1)));
        time.Advance(TimeSpan.FromHours(1));

        string text = _recorder.Write();

        // Monday noon, an hour later.
        Assert.That(text, Does.Contain("usage_reporting_rollup_age_seconds{product=\"paperless-ngx\",interval=\"week\"} 46800\n"));
        Assert.That(text, Does.Contain("usage_reporting_rollup_age_seconds{product=\"paperless-ngx\",interval=\"month\"} -"));
        Assert.That(text, Does.Contain("usage_reporting_rollup_duration_seconds_sum{product=\"paperless-ngx\",interval=\"week\"} 2\n"));
    }

    [Test]
    public void Write_MeterOfAnother_IsNotHeard()
    {
        using ServiceProvider others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        new IngestMetrics(others.GetRequiredService<IMeterFactory>()).CountValid(Paperless, 0, StoreOutcome.Accepted.OfNoReport);
        Meters.Create("Somebody.Else").CreateCounter<long>("else").Add(1);

        Assert.That(_recorder.Write(), Is.Empty);
    }

    [Test]
    public void Write_TextsWithSigns_AreEscaped()
    {
        Meters.Create(ServerMeter.Name).CreateCounter<long>("usage_reporting.odd", description: "a\\b\nc")
            .Add(1, new KeyValuePair<string, object?>("product", "a\"b\\c\nd"));

        Assert.That(_recorder.Write(), Is.EqualTo("""
            # HELP usage_reporting_odd_total a\\b\nc
            # TYPE usage_reporting_odd_total counter
            usage_reporting_odd_total{product="a\"b\\c\nd"} 1

            """));
    }

    [Test]
    public void Record_SeriesThatIsKnown_AllocatesNothing()
    {
        IngestMetrics ingest = new(Meters);
        StoreMetrics store = new(Meters);
        IResult refusal = TypedResults.Problem(statusCode: StatusCodes.Status415UnsupportedMediaType);
        Count();
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1_000; i++)
        {
            Count();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000));

        void Count()
        {
            ingest.CountValid(Paperless, unknownFields: 1, StoreOutcome.Accepted.OfNoReport);
            ingest.CountRejected(Paperless, refusal);
            store.Committed(3, TimeSpan.FromMilliseconds(2));
        }
    }

    [Test]
    public void Record_ManyThreads_LosesNothing()
    {
        IngestMetrics ingest = new(Meters);
        StoreMetrics store = new(Meters);

        Parallel.For(0, 10_000, _ =>
        {
            ingest.CountValid(Paperless, unknownFields: 0, StoreOutcome.Accepted.OfNoReport);
            store.Committed(1, TimeSpan.Zero);
        });

        Assert.That(_recorder.Write(), Does.Contain("outcome=\"accepted\"} 10000\n").And.Contain("usage_reporting_batch_size_sum 10000\n"));
    }
}
