using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Requests;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>Whatever bytes arrive over a real socket, the answer is never a 5xx and the stored rows keep the rules.</summary>
public sealed partial class WhateverArrivesTests
{
    private static readonly HttpStatusCode[] Refusals =
    [
        HttpStatusCode.BadRequest, HttpStatusCode.TooManyRequests, HttpStatusCode.UnsupportedMediaType,
        HttpStatusCode.MethodNotAllowed,
    ];

    private const int AtOnce = 32;

    [Test]
    public Task Post_SomeMutatedRequests_AreAnsweredAndOnlyGoodRowsAreStored() => PostAllAsync(2_000);

    [Test, Category("Long")]
    public Task Post_50000MutatedRequests_AreAnsweredAndOnlyGoodRowsAreStored() => PostAllAsync(50_000);

    private static async Task PostAllAsync(int count)
    {
        using TemporaryFolder folder = new();
        await using RunningServer server = await RunningServer.StartAsync(folder);
        int accepted = 0;
        ConcurrentQueue<string> wrong = new();

        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) =>
        {
            MutatedRequest request = MutatedRequest.Of(seed, Reports.Paperless(Reports.NewId()));
            HttpStatusCode status = await SendAsync(server, request);
            if (status == HttpStatusCode.NoContent)
            {
                Interlocked.Increment(ref accepted);
            }
            else if (!Refusals.Contains(status))
            {
                wrong.Enqueue($"{status} for {request}");
            }
        });

        IReadOnlyList<string> rows = server.Query("SELECT * FROM reports");
        Assert.Multiple(() =>
        {
            Assert.That(wrong, Is.Empty);
            Assert.That(rows, Has.Count.EqualTo(accepted).And.Count.GreaterThan(count / 10));
            Assert.That(rows, Has.All.Matches<string>(row => Row().IsMatch(row)));
            Assert.That(server.Log.Troubles, Is.Empty);
        });
    }

    private static async Task<HttpStatusCode> SendAsync(RunningServer server, MutatedRequest request)
    {
        using HttpRequestMessage message = new(new HttpMethod(request.Method), "/report");
        // TRACE is the one method that HttpClient sends without a body.
        if (request.Method != "TRACE")
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
            if (request.ContentEncoding is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Encoding", request.ContentEncoding);
            }
        }

        using HttpResponseMessage answer = await server.Http.SendAsync(message);
        return answer.StatusCode;
    }

    // The rules of document 000's schema once more, column by column.
    [GeneratedRegex("""
        \A[0-9]+\|2026-05-18T12:00:00Z
        \|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}
        \|[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?
        \|(stable|beta|dev)
        \|([A-Za-z0-9][A-Za-z0-9._+-]{0,63})?
        \|([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?
        \|(kubernetes|podman|docker|nixos|snap|flatpak|distro|release|source|debian|ubuntu|fedora|rpm|arch|aur|alpine|gentoo|freebsd|openbsd|homebrew|macports|unraid|truenas|synology|yunohost)
        \|[A-Za-z0-9][A-Za-z0-9._+-]{0,63}
        \|([A-Za-z0-9][A-Za-z0-9._+-]{0,63})?
        \|([A-Za-z0-9][A-Za-z0-9._+-]{0,63})?
        \|(0-99|100-999|1000-9999|10000-49999|50000\+)?
        \|[01]?\|[01]?\|[01]?\z
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Row();
}
