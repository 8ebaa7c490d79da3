using System.Diagnostics;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace UsageReporting.EndToEndTests.Downloads;

/// <summary>Notifies servers of installs as Composer does, and reads what they have counted.</summary>
internal static class Notifications
{
    public const string Akismet = """{"name":"wp-plugin\/akismet","version":"5.0.0.0"}""";
    public const string Composer = "Composer/2.5.5 (Linux; 6.1.0; PHP 8.2.36; cURL 7.88.1)";
    public const string ComposerInCi = "Composer/2.5.5 (Linux; 6.1.0; PHP 8.2.36; cURL 7.88.1; CI)";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static string Of(params string[] entries) => $$"""{"downloads":[{{string.Join(',', entries)}}]}""";

    /// <summary>Posts a notification and holds that the answer is the one that every notification gets.</summary>
    public static async Task NotifyAsync(
        HttpClient http, string body, string userAgent = Composer, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/downloads");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage answer = await http.SendAsync(request);
        Assert.That(
            ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsStringAsync()),
            Is.EqualTo((200, "application/json", """{"status":"ok"}""")));
    }

    /// <summary>
    /// The counters of a package, as soon as all that was counted stands in them. On a busy machine a notification is
    /// answered before it is counted: then as soon as there are so many installs.
    /// </summary>
    public static async Task<JsonElement> CurrentAsync(
        HttpClient http, string package, Action? meanwhile = null, long atLeast = 0)
    {
        Stopwatch since = Stopwatch.StartNew();
        JsonElement counters;
        do
        {
            meanwhile?.Invoke();
            await Task.Delay(20);
            counters = await ReadAsync(http, package);
            Assert.That(since.Elapsed, Is.LessThan(Bound), $"the counters do not follow: {counters}");
        }
        while (counters.Installs() < atLeast || counters.GetProperty("behind").GetInt64() > 0 || counters.GetProperty("as_of").ValueKind == JsonValueKind.Null);

        return counters;
    }

    /// <summary>The counters of a package as they are.</summary>
    public static async Task<JsonElement> ReadAsync(HttpClient http, string package) =>
        JsonDocument.Parse(await http.GetStringAsync($"/packages/{package}")).RootElement;

    public static long Installs(this JsonElement counters) => counters.GetProperty("installs_total").GetInt64();
}
