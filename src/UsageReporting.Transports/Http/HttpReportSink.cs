using System.Net;
using System.Net.Http.Headers;

namespace UsageReporting.Transports.Http;

/// <summary>Posts reports as JSON. One attempt, one answer; redirects are not followed and nothing is retried.</summary>
internal sealed class HttpReportSink(
    Func<HttpClient> createClient, HttpSinkOptions options, string? userAgent, TimeProvider time)
    : IErasingSink, IPublishingSink
{
    private readonly InstallationClient _installations = new(createClient, options, time);
    private readonly NumbersClient _numbers = new(createClient, options, time);

    public string Destination => options.Endpoint!.AbsoluteUri;

    public UsageLevel? Level => options.Level;

    public async ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken)
    {
        using CancellationTokenSource expiry = new(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        using ReportContent content = new(delivery.Report);
        try
        {
            using HttpClient client = createClient();
            using HttpRequestMessage request = new(HttpMethod.Post, options.Endpoint) { Content = content };

            // One report a week needs no connection in between.
            request.Headers.ConnectionClose = true;
            if (userAgent is not null)
            {
                request.Headers.UserAgent.ParseAdd(userAgent);
            }

            if (options.ApiKey is { } key)
            {
                request.Headers.Add("X-API-Key", key);
            }

            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using HttpResponseMessage response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return HttpStatusMap.Read(await ReadAsync(response, either.Token).ConfigureAwait(false), delivery);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult.Unreachable("time-out", content.HasLeft);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            string reason = e is HttpRequestException { HttpRequestError: var error } ? error.ToString() : "read error";
            return new DeliveryResult.Unreachable(reason, content.HasLeft);
        }
    }

    public async ValueTask<TakeBackResult> ExportAsync(InstallationProof proof, CancellationToken cancellationToken) =>
        await _installations.ExportAsync(proof, cancellationToken).ConfigureAwait(false);

    public async ValueTask<TakeBackResult> EraseAsync(InstallationProof proof, CancellationToken cancellationToken) =>
        await _installations.EraseAsync(proof, cancellationToken).ConfigureAwait(false);

    public string NumbersOf(string product) => _numbers.AddressOf(product).AbsoluteUri;

    public async ValueTask<NumbersResult> GetNumbersAsync(string product, CancellationToken cancellationToken) =>
        await _numbers.GetAsync(product, cancellationToken).ConfigureAwait(false);

    private static async Task<HttpAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body = new byte[HttpSinkLimits.AnswerBytes];
        int length = 0;
        if (HasWords(response))
        {
            Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
        }

        return new HttpAnswer(
            (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body.AsMemory(0, length))
        {
            RetryAfter = AskedFor(response.Headers),
        };
    }

    // A refusal says why, and some endpoints' yes is JSON; of anything else the status says all.
    private static bool HasWords(HttpResponseMessage response) =>
        (int)response.StatusCode is >= 400 and < 500
        || (response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType == "application/json");

    // A date counts from the endpoint's own, because its clock and ours may differ.
    private static TimeSpan? AskedFor(HttpResponseHeaders headers) =>
        (headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date - headers.Date)) is { Ticks: > 0 } asked ? asked : null;
}
