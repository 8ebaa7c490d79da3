using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace UsageReporting.Server.Statistics;

/// <summary>Posts what somebody should read to one address: <c>{"product":"…","kind":"anomaly","text":"…"}</c>.</summary>
internal sealed class Webhook(Uri? address, ILogger<Webhook> logger) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = ServerLimits.WebhookWithin,
    };

    /// <summary>Tells it once. One that cannot be reached is noted in the log, without its address: that may hold a key.</summary>
    public async Task TellAsync(string product, string kind, string text, CancellationToken cancellationToken)
    {
        if (address is null)
        {
            return;
        }

        using MemoryStream body = new();
        await using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("product", product);
            json.WriteString("kind", kind);
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        using ByteArrayContent content = new(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using HttpResponseMessage answer = await _http.PostAsync(address, content, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                Log.WebhookRefused(logger, (int)answer.StatusCode);
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Log.WebhookNotReached(logger);
        }
    }

    public void Dispose() => _http.Dispose();
}
