using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.Server.Access;
using UsageReporting.Server.Ingest;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Ingest;

public sealed class IngestMetricsTests
{
    private static readonly Product Paperless = new(SeedSchemas.PaperlessNgx);

    private readonly List<string> _counted = [];
    private ServiceProvider _services = null!;
    private IngestMetrics _metrics = null!;
    private MeterListener _listener = null!;

    [SetUp]
    public void Listen()
    {
        _counted.Clear();
        _services = new ServiceCollection().AddMetrics().AddSingleton<IngestMetrics>().BuildServiceProvider();
        IMeterFactory factory = _services.GetRequiredService<IMeterFactory>();
        _metrics = _services.GetRequiredService<IngestMetrics>();
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _counted.Add(
            $"{instrument.Meter.Name}/{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}"));
        _listener.Start();
    }

    [TearDown]
    public void StopListening()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    [Test]
    public void Count_EachOutcome_HasItsName()
    {
        _metrics.CountValid(Paperless, unknownFields: 0, StoreOutcome.Accepted.OfNoReport);
        _metrics.CountValid(Paperless, unknownFields: 0, new StoreOutcome.AlreadyReported(default, IsSameReport: true));
        _metrics.CountValid(Paperless, unknownFields: 0, StoreOutcome.Unavailable.Instance);

        Assert.That(
            _counted,
            Is.EqualTo(new[] { "accepted", "already_reported", "unavailable" }.Select(outcome =>
                $"UsageReporting.Server/usage_reporting.reports 1 product=paperless-ngx outcome={outcome}")));
    }

    [TestCase(StatusCodes.Status400BadRequest, "invalid")]
    [TestCase(StatusCodes.Status401Unauthorized, "key")]
    [TestCase(StatusCodes.Status403Forbidden, "key")]
    [TestCase(StatusCodes.Status415UnsupportedMediaType, "media_type")]
    public void CountRejected_Status_SaysWhy(int status, string reason) =>
        AssertRejected(TypedResults.Problem(statusCode: status), reason);

    [Test]
    public void CountRejected_AnswersOfOurOwn_SayWhy()
    {
        AssertRejected(Answers.OnlyPost, "method");
        AssertRejected(Answers.TimedOut, "too_slow");
        AssertRejected(Answers.Invalid("It is wrong."), "invalid");
        AssertRejected(new RateLimited(TimeSpan.FromMinutes(1)), "rate_limited");
    }

    [Test, Property("Case", 24)]
    public void CountValid_UnknownFields_AddsTheirNumber()
    {
        _metrics.CountValid(Paperless, unknownFields: 3, StoreOutcome.Accepted.OfNoReport);

        Assert.That(_counted[^1], Is.EqualTo("UsageReporting.Server/usage_reporting.unknown_fields 3 product=paperless-ngx"));
    }

    [Test]
    public void CountValid_NobodyListens_AllocatesNothing()
    {
        _listener.Dispose();
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1_000; i++)
        {
            _metrics.CountValid(Paperless, unknownFields: 1, StoreOutcome.Accepted.OfNoReport);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000));
    }

    private void AssertRejected(IResult answer, string reason)
    {
        _metrics.CountRejected(Paperless, answer);

        Assert.That(
            _counted[^1],
            Is.EqualTo($"UsageReporting.Server/usage_reporting.reports 1 product=paperless-ngx outcome=rejected reason={reason}"));
    }
}
