using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace UsageReporting.EndToEndTests.Operators;

/// <summary>
/// A browser as far as the operator's pages need one: it keeps cookies, the secure ones on this machine, too, and sends the forms of
/// the page that it has.
/// </summary>
internal sealed partial class OperatorClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };

    /// <summary>The cookies, by name.</summary>
    public Dictionary<string, string> Cookies { get; private init; } = [];

    /// <summary>Headers that go with each request.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>The last page.</summary>
    public string Page { get; private set; } = "";

    /// <summary>Somebody else who has got hold of the cookies.</summary>
    public OperatorClient Copy() => new(_http.BaseAddress!) { Cookies = new Dictionary<string, string>(Cookies), Page = Page };

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Gets a page that has to be there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using HttpResponseMessage answer = await GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        return Page;
    }

    /// <summary>Sends a form of the last page.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        PostAsync(path, Token().Match(Page).Groups[1].Value, fields);

    /// <summary>Sends a form with a token.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string? token, params (string Name, string Value)[] fields) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(
            [
                .. token is null ? [] : new[] { KeyValuePair.Create("__RequestVerificationToken", token) },
                .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            ]),
        });

    /// <summary>Gets the page that asks for a key, and shows one.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string key)
    {
        await ReadAsync("/operator/sign-in");
        return await PostAsync("/operator/sign-in", ("key", key));
    }

    /// <summary>Signs in with a key that has to be good.</summary>
    public async Task EnterAsync(string key)
    {
        using HttpResponseMessage answer = await SignInAsync(key);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        await ReadAsync("/operator/");
    }

    /// <summary>Whether the first page is shown.</summary>
    public async Task<bool> IsInAsync()
    {
        using HttpResponseMessage answer = await GetAsync("/operator/");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            if (Cookies.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            }

            foreach ((string name, string value) in Headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            HttpResponseMessage answer = await _http.SendAsync(request);
            foreach (string set in answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? cookies : [])
            {
                string[] parts = set.Split(';')[0].Split('=', 2);
                Cookies[parts[0]] = parts[1];
            }

            Page = await answer.Content.ReadAsStringAsync();
            return answer;
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
