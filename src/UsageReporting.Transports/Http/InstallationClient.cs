using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace UsageReporting.Transports.Http;

/// <summary>Asks the server behind an endpoint for what it has stored of an installation, or to erase it.</summary>
internal sealed class InstallationClient(Func<HttpClient> createClient, HttpSinkOptions options, TimeProvider time)
{
    private const string Json = "application/json";

    public Task<TakeBackResult> ExportAsync(InstallationProof proof, CancellationToken cancellationToken) =>
        ContainAsync(client => PostAsync(client, "/installation/export", proof, cancellationToken), cancellationToken);

    public Task<TakeBackResult> EraseAsync(InstallationProof proof, CancellationToken cancellationToken) =>
        ContainAsync(
            async client =>
            {
                // Before: once it is erased there may be no second answer.
                string? key = await FindPublicKeyAsync(client, cancellationToken).ConfigureAwait(false);
                TakeBackResult result = await PostAsync(client, "/installation/erase", proof, cancellationToken).ConfigureAwait(false);
                return result is TakeBackResult.Answered answered && JsonNode.Parse(answered.Json) is JsonObject receipt && key is not null
                    ? new TakeBackResult.Answered(new JsonObject([.. receipt.Select(Copy), new("public_key", key)]).ToJsonString())
                    : result;
            },
            cancellationToken);

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> member) =>
        new(member.Key, member.Value?.DeepClone());

    private async Task<TakeBackResult> PostAsync(
        HttpClient client, string path, InstallationProof proof, CancellationToken cancellationToken)
    {
        JsonObject body = new() { ["product"] = proof.Product, ["id"] = proof.Id, ["erasure_secret"] = proof.Secret };
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(options.Endpoint!, path))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, Json),
        };
        HttpAnswer answer = await SendAsync(client, request, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            { Status: 200, MediaType: Json } => new TakeBackResult.Answered(Encoding.UTF8.GetString(answer.Body.Span)),
            // Our own server says so in a problem document; a 404 of any other is one that has no such place.
            { Status: 404, MediaType: ProblemErrors.MediaType } => new TakeBackResult.Unknown(),
            _ => new TakeBackResult.Unreachable(string.Create(CultureInfo.InvariantCulture, $"status {answer.Status}")),
        };
    }

    private async Task<string?> FindPublicKeyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(options.Endpoint!, "/.well-known/usage-reporting"));
        HttpAnswer answer = await SendAsync(client, request, cancellationToken).ConfigureAwait(false);
        return answer is { Status: 200, MediaType: Json } ? (string?)JsonNode.Parse(answer.Body.Span)?["receipts"]?["public_key"] : null;
    }

    private static async Task<HttpAnswer> SendAsync(
        HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.ConnectionClose = true;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Json));
        using HttpResponseMessage response = await client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        using MemoryStream body = new();
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[HttpSinkLimits.AnswerBytes];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > HttpSinkLimits.ExportBytes)
            {
                throw new IOException("The answer is too long.");
            }
        }

        return new HttpAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body.ToArray());
    }

    private async Task<TakeBackResult> ContainAsync(Func<HttpClient, Task<TakeBackResult>> ask, CancellationToken cancellationToken)
    {
        using CancellationTokenSource expiry = new(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            using HttpClient client = createClient();
            return await ask(client).WaitAsync(either.Token).ConfigureAwait(false);
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
