using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.AspNetCore;

/// <summary>Requests that come from somewhere else than they should, or are not what they should be.</summary>
public sealed class WhoeverAsksTests
{
    private static readonly (string Method, string Path)[] All =
    [
        ("GET", "status"), ("GET", "local"), ("GET", "preview"), ("GET", "preview.txt"), ("GET", "history"), ("GET", "export"),
        ("POST", "opt-in"), ("POST", "opt-out"), ("DELETE", ""),
    ];

    private TemporaryFolder _folder = null!;
    private WebClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _client = await WebClient.StartAsync(_folder.Combine("state"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _client.DisposeAsync();
        _folder.Dispose();
    }

    [TestCase("cross-site", null, HttpStatusCode.Forbidden)]
    [TestCase("same-site", null, HttpStatusCode.Forbidden)]
    [TestCase("cross-site", "{own}", HttpStatusCode.Forbidden)]
    [TestCase("nonsense", null, HttpStatusCode.Forbidden)]
    [TestCase("", null, HttpStatusCode.Forbidden)]
    [TestCase(null, "https://evil.example.org", HttpStatusCode.Forbidden)]
    [TestCase(null, "null", HttpStatusCode.Forbidden)]
    [TestCase(null, "http://{host}:1", HttpStatusCode.Forbidden)]
    [TestCase(null, "http://evil.example.org?{own}", HttpStatusCode.Forbidden)]
    [TestCase(null, "", HttpStatusCode.Forbidden)]
    [TestCase("same-origin", null, HttpStatusCode.OK)]
    [TestCase("none", null, HttpStatusCode.OK)]
    [TestCase("same-origin", "https://outside.example.org", HttpStatusCode.OK, Description = "a proxy that changes the host")]
    [TestCase(null, "{own}", HttpStatusCode.OK)]
    [TestCase(null, null, HttpStatusCode.OK)]
    public async Task Change_FromAPage_OnlyOfTheApplicationsOwn(string? site, string? origin, HttpStatusCode status)
    {
        List<(string, string)> headers = [];
        if (site is not null)
        {
            headers.Add(("Sec-Fetch-Site", site));
        }

        if (origin is not null)
        {
            string own = $"http://{_client.Http.BaseAddress!.Authority}";
            headers.Add(("Origin", origin.Replace("{own}", own, StringComparison.Ordinal)
                .Replace("{host}", _client.Http.BaseAddress.Host, StringComparison.Ordinal)));
        }

        using HttpResponseMessage answer = await _client.SendAsync("POST", "opt-out", content: null, [.. headers]);

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(File.Exists(_folder.Combine("state", "consent.json")), Is.EqualTo(status == HttpStatusCode.OK));
    }

    [Test]
    public async Task EachChange_FromAnotherSite_IsRefused()
    {
        foreach ((string method, string path) in All.Where(one => one.Method != "GET"))
        {
            using HttpResponseMessage answer = await _client.SendAsync(method, path, Json("{}"), ("Sec-Fetch-Site", "cross-site"));

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
            Assert.That(await UsageEndpointsTests.DetailOf(answer), Does.Contain("another site"));
        }
    }

    [Test]
    public async Task EachEndpoint_HostAsksForAuthorization_AsksForIt()
    {
        await using WebClient client = await WebClient.StartAsync(
            _folder.Combine("other"),
            builder =>
            {
                builder.Services.AddAuthentication("cookie").AddCookie("cookie", options =>
                    options.Events.OnRedirectToLogin = context =>
                    {
                        context.Response.StatusCode = 401;
                        return Task.CompletedTask;
                    });
                builder.Services.AddAuthorization();
            },
            endpoints => endpoints.RequireAuthorization());

        foreach ((string method, string path) in All)
        {
            using HttpResponseMessage answer = await client.SendAsync(method, path);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), path);
        }

        Assert.That(Directory.Exists(_folder.Combine("other")), Is.False);
    }

    [TestCase("GET", "opt-in", "POST")]
    [TestCase("HEAD", "opt-in", "POST")]
    [TestCase("PUT", "opt-in", "POST")]
    [TestCase("GET", "opt-out", "POST")]
    [TestCase("DELETE", "opt-out", "POST")]
    [TestCase("POST", "status", "GET, HEAD")]
    [TestCase("DELETE", "history", "GET, HEAD")]
    [TestCase("GET", "", "DELETE")]
    public async Task WrongMethod_IsRefusedAndChangesNothing(string method, string path, string allowed)
    {
        using HttpResponseMessage answer = await _client.SendAsync(method, path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(string.Join(", ", answer.Content.Headers.Allow), Is.EqualTo(allowed));
        Assert.That(Directory.Exists(_folder.Combine("state")), Is.False);
        if (method != "HEAD")
        {
            Assert.That(await UsageEndpointsTests.DetailOf(answer), Does.Contain(allowed.Replace(", ", " and ", StringComparison.Ordinal)));
        }
    }

    [TestCase("status")]
    [TestCase("preview")]
    [TestCase("export")]
    public async Task Head_WhatCanBeRead_HasNoBody(string path)
    {
        using HttpResponseMessage answer = await _client.SendAsync("HEAD", path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [TestCase("", "")]
    [TestCase("null", "")]
    [TestCase("[]", "")]
    [TestCase("{}", "")]
    [TestCase("{\"terms\":null}", "")]
    [TestCase("{\"terms\":1}", "")]
    [TestCase("{\"terms\":\"a\",\"terms\":\"b\"}", "")]
    [TestCase("{\"terms\":\"a\"", "")]
    [TestCase("{\"terms\":\"a\"}{}", "")]
    [TestCase("{\"terms\":\"a\",\"level\":1}", "")]
    [TestCase("{\"terms\":\"a\",\"level\":\"none\"}", "level")]
    [TestCase("{\"terms\":\"a\",\"level\":\"Basic\"}", "level")]
    [TestCase("{\"terms\":\"a\",\"days\":0}", "days")]
    [TestCase("{\"terms\":\"a\",\"days\":3661}", "days")]
    [TestCase("{\"terms\":\"a\",\"days\":1.5}", "")]
    [TestCase("{\"terms\":\"a\",\"days\":99999999999}", "")]
    public async Task OptIn_WrongBody_SaysWhatIsWrong(string body, string member)
    {
        using HttpResponseMessage answer = await _client.SendAsync("POST", "opt-in", Json(body));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"\"errors\":{{\"{member}\":[\"").And.Not.Contain("Exception"));
        Assert.That(Directory.Exists(_folder.Combine("state")), Is.False);
    }

    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("multipart/form-data; boundary=a")]
    [TestCase("text/plain")]
    [TestCase(null)]
    public async Task OptIn_NotJson_IsRefused(string? type)
    {
        using ByteArrayContent body = new("{}"u8.ToArray());
        if (type is not null)
        {
            body.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using HttpResponseMessage answer = await _client.SendAsync("POST", "opt-in", body);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That(await UsageEndpointsTests.DetailOf(answer), Does.Contain("application/json"));
    }

    [TestCase(5_000, false)]
    [TestCase(5_000, true)]
    [TestCase(20_000_000, false)]
    public async Task OptIn_HugeBody_IsRefused(int length, bool isChunked)
    {
        using ByteArrayContent body = Json($$"""{"terms":"{{new string('a', length)}}"}""");
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri("opt-in", UriKind.Relative)) { Content = body };
        request.Headers.TransferEncodingChunked = isChunked;
        // It is answered before it has come, so that the rest of a long one would meet a closed connection.
        request.Headers.ExpectContinue = true;

        using HttpResponseMessage answer = await _client.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(await UsageEndpointsTests.DetailOf(answer), Does.Contain("larger"));
    }

    [TestCase("preview?level=none")]
    [TestCase("preview.txt?level=")]
    public async Task Preview_WrongLevel_SaysWhichThereAre(string path)
    {
        using HttpResponseMessage answer = await _client.SendAsync("GET", path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("basic, middle or full"));
    }

    private static ByteArrayContent Json(string body)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new("application/json");
        return content;
    }
}
