using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Moq;
using NUnit.Framework;
using UsageReporting.Server.Ingest;

namespace UsageReporting.Tests.Server.Ingest;

/// <summary>What end-to-end tests cannot set: a request whose limit of size somebody has fixed already.</summary>
public sealed class ReceivedBodyTests
{
    private const int MaxBytes = 4_096;

    [Test]
    public async Task ReadAsync_LimitCanBeSet_IsTheReportsOwn()
    {
        Mock<IHttpMaxRequestBodySizeFeature> limit = Limit(isReadOnly: false);

        using ReceivedBody body = await ReceivedBody.ReadAsync(Request("{}"u8, limit.Object), MaxBytes);

        limit.VerifySet(feature => feature.MaxRequestBodySize = MaxBytes + 1, Times.Once);
        Assert.That(body.Refusal, Is.Null);
    }

    [Test]
    public async Task ReadAsync_LimitIsFixed_ReadsNoMoreThanAReportAllTheSame()
    {
        Mock<IHttpMaxRequestBodySizeFeature> limit = Limit(isReadOnly: true);

        using ReceivedBody body = await ReceivedBody.ReadAsync(Request(new byte[MaxBytes + 1], limit.Object), MaxBytes);

        limit.VerifySet(feature => feature.MaxRequestBodySize = It.IsAny<long?>(), Times.Never);
        Assert.That(body.Refusal, Is.Not.Null);
    }

    private static Mock<IHttpMaxRequestBodySizeFeature> Limit(bool isReadOnly)
    {
        Mock<IHttpMaxRequestBodySizeFeature> limit = new();
        limit.SetupGet(feature => feature.IsReadOnly).Returns(isReadOnly);
        return limit;
    }

    private static HttpRequest Request(ReadOnlySpan<byte> body, IHttpMaxRequestBodySizeFeature limit)
    {
        DefaultHttpContext context = new();
        context.Features.Set(limit);
        context.Request.Body = new MemoryStream(body.ToArray());
        return context.Request;
    }
}
