using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server.Access;
using UsageReporting.Server.Ingest;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Requests;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Server.Access;
using UsageReporting.Tests.Server.Validation;

namespace UsageReporting.Tests.Server.Ingest;

/// <summary>Whatever arrives, the pipeline answers as an oracle does that was written without it.</summary>
public sealed class WhateverArrivesTests
{
    private const int MaxBytes = 4_096;

    // Five bytes for each of 800,000 requests: no object is as small, so that none of a request's is kept.
    private const int Growth = 4_000_000;

    private readonly TemporaryFolder _folder = new();
    private ServiceProvider _services = null!;
    private IngestPipeline _pipeline = null!;

    [OneTimeSetUp]
    public void Build()
    {
        _services = new ServiceCollection().AddMetrics().AddLogging().AddSingleton<IngestMetrics>().BuildServiceProvider();
        _pipeline = new IngestPipeline(
            new Product(SeedSchemas.PaperlessNgx),
            new TakesEverything(),
            KeyRings.Of(_folder),
            new NetworkGate(0, null, new ManualTimeProvider()),
            new RateGate(null, TimeSpan.FromMinutes(1), new ManualTimeProvider()),
            new UnnamedProxy(isLimited: false, NullLogger<UnnamedProxy>.Instance),
            new ManualTimeProvider(),
            _services.GetRequiredService<IngestMetrics>());
    }

    [OneTimeTearDown]
    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Ingest_SomeMutatedRequests_AnswersAsTheOracleDoes() => IngestAll(0, 20_000);

    [Test, Category("Long")]
    public void Ingest_AMillionMutatedRequests_AnswersAsTheOracleDoesAndKeepsNothing()
    {
        int accepted = 0;
        long[] heap = new long[5];
        for (int part = 0; part < heap.Length; part++)
        {
            accepted += IngestAll(part * 200_000, 200_000);
            heap[part] = GC.GetTotalMemory(forceFullCollection: true);
        }

        TestContext.Out.WriteLine($"{accepted} of 1,000,000 accepted; the heap: {string.Join(", ", heap)} bytes");
        // The first part fills the pools, of arrays and of threads.
        Assert.That(heap[^1] - heap[0], Is.LessThan(Growth));
        Assert.That(accepted, Is.InRange(100_000, 900_000), "Neither side is out of work.");
    }

    private int IngestAll(int first, int count)
    {
        int accepted = 0;
        Parallel.For(first, first + count, seed =>
        {
            if (Mistake(seed, omitted: 0, out int status) is { } mistake)
            {
                int omitted = MutatedRequest.Shrink(fewer => Mistake(seed, fewer, out _) is not null);
                Assert.Fail($"{mistake}\nwith the fewest steps ({omitted} omitted): {Mistake(seed, omitted, out _)}");
            }

            if (status == StatusCodes.Status204NoContent)
            {
                Interlocked.Increment(ref accepted);
            }
        });
        return accepted;
    }

    private string? Mistake(int seed, int omitted, out int status)
    {
        MutatedRequest request = MutatedRequest.Of(seed, TestSchemas.PaperlessReport, omitted);
        DefaultHttpContext context = new() { RequestServices = _services };
        context.Request.Method = request.Method;
        context.Request.Body = new MemoryStream(request.Body);
        context.Request.Headers.ContentType = request.ContentType;
        context.Request.Headers.ContentEncoding = request.ContentEncoding;
        context.Response.Body = new MemoryStream();
        try
        {
            IResult answer = _pipeline.IngestAsync(context.Request).AsTask().GetAwaiter().GetResult();
            answer.ExecuteAsync(context).GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            status = 0;
            return $"{request}\nthrew {e}";
        }

        status = context.Response.StatusCode;
        int expected = Expected(request);
        return status == expected ? null : $"{request}\nwas answered with {status} instead of {expected}";
    }

    private static int Expected(MutatedRequest request) =>
        request.Method != "POST" ? StatusCodes.Status405MethodNotAllowed
        : !IsJsonInUtf8(request.ContentType) || !IsKnown(request.ContentEncoding) ? StatusCodes.Status415UnsupportedMediaType
        : (request.Json ?? SlowGzip.Read(request.Body)) is { Length: <= MaxBytes } json && SlowOracle.Judge(json) is not null
            ? StatusCodes.Status204NoContent
            : StatusCodes.Status400BadRequest;

    private static bool IsJsonInUtf8(string? contentType) =>
        contentType?.ToUpperInvariant() is "APPLICATION/JSON" or "APPLICATION/JSON; CHARSET=UTF-8" or "APPLICATION/JSON;CHARSET=\"UTF-8\"";

    private static bool IsKnown(string? contentEncoding) =>
        contentEncoding?.ToUpperInvariant() is null or "IDENTITY" or "GZIP";

    private sealed class TakesEverything : IReportStore
    {
        public Task<StoreOutcome> StoreAsync(IncomingReport report) =>
            Task.FromResult<StoreOutcome>(StoreOutcome.Accepted.OfNoReport);

        public Task<bool> CanStoreAsync() => Task.FromResult(true);
    }
}
