using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace UsageReporting.Transports.Http;

/// <summary>Asks the server behind an endpoint for what it has stored of an installation, or to erase it.</summary>
internal sealed class InstallationClient(Func<HttpClient> createClient, HttpSinkOptions options, TimeProvider time)
{
    private const string Json = WholeAnswer.Json;
    private const string UnknownInstallation = "urn:usage-reporting:unknown-installation";

    public Task<TakeBackResult> ExportAsync(InstallationProof proof, CancellationToken cancellationToken) =>
        ContainAsync((client, token) => PostAsync(client, "/installation/export", proof, token), cancellationToken);

    public Task<TakeBackResult> EraseAsync(InstallationProof proof, CancellationToken cancellationToken) =>
        ContainAsync(
            async (client, token) =>
            {
                TakeBackResult result = await PostAsync(
                    client, "/installation/erase", proof, token, staysOpen: true).ConfigureAwait(false);
                return result is TakeBackResult.Answered { Json: var json } && JsonNode.Parse(json) is JsonObject receipt
                    && await FindPublicKeyAsync(client, token).ConfigureAwait(false) is { } key
                        ? new TakeBackResult.Answered(new JsonObject([.. receipt.Select(Copy), new("public_key", key)]).ToJsonString())
                        : result;
            },
            cancellationToken);

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> member) =>
        new(member.Key, member.Value?.DeepClone());

    private async Task<TakeBackResult> PostAsync(
        HttpClient client, string path, InstallationProof proof, CancellationToken cancellationToken, bool staysOpen = false)
    {
        JsonObject body = new() { ["product"] = proof.Product, ["id"] = proof.Id, ["erasure_secret"] = proof.Secret };
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(options.Endpoint!, path))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, Json),
        };
        request.Headers.ConnectionClose = !staysOpen;
        HttpAnswer answer = await WholeAnswer.GetAsync(client, request, HttpSinkLimits.ExportBytes, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            { Status: 200, MediaType: Json } => new TakeBackResult.Answered(Encoding.UTF8.GetString(answer.Body.Span)),
            // Of our own server; any other 404 is that of one that has no such place.
            { Status: 404, MediaType: ProblemErrors.MediaType } when IsUnknown(answer) => new TakeBackResult.Unknown(),
            _ => new TakeBackResult.Unreachable(string.Create(CultureInfo.InvariantCulture, $"status {answer.Status}")),
        };
    }

    private static bool IsUnknown(HttpAnswer answer) =>
        JsonNode.Parse(answer.Body.Span) is JsonObject problem
        && problem["type"] is JsonValue type && type.TryGetValue(out string? text) && text == UnknownInstallation;

    // What was erased is erased: a receipt without the key is one all the same, which can be checked by another's.
    private async Task<string?> FindPublicKeyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri(options.Endpoint!, "/.well-known/usage-reporting"));
            request.Headers.ConnectionClose = true;
            HttpAnswer answer = await WholeAnswer.GetAsync(client, request, HttpSinkLimits.ExportBytes, cancellationToken).ConfigureAwait(false);
            return answer is { Status: 200, MediaType: Json } ? (string?)JsonNode.Parse(answer.Body.Span)?["receipts"]?["public_key"] : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or InvalidOperationException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<TakeBackResult> ContainAsync(
        Func<HttpClient, CancellationToken, Task<TakeBackResult>> ask, CancellationToken cancellationToken)
    {
        using CancellationTokenSource expiry = new(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            using HttpClient client = createClient();
            return await ask(client, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TakeBackResult.Unreachable("time-out");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or InvalidOperationException)
        {
            // The last two are an answer that is not what it says.
            return new TakeBackResult.Unreachable(e is HttpRequestException { HttpRequestError: var error } ? error.ToString() : "read error");
        }
    }
}
