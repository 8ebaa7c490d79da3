using System.Globalization;

namespace UsageReporting.Transports.Http;

/// <summary>
/// Gets the published numbers of a product as the one file that everybody gets: no key, no User-Agent and nothing else that would
/// say who looks.
/// </summary>
internal sealed class NumbersClient(Func<HttpClient> createClient, HttpSinkOptions options, TimeProvider time)
{
    public Uri AddressOf(string product) => options.Numbers ?? new Uri(options.Endpoint!, $"/{product}/summary.json");

    public async Task<NumbersResult> GetAsync(string product, CancellationToken cancellationToken)
    {
        using CancellationTokenSource expiry = new(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            using HttpClient client = createClient();
            using HttpRequestMessage request = new(HttpMethod.Get, AddressOf(product));
            request.Headers.ConnectionClose = true;
            HttpAnswer answer = await WholeAnswer.GetAsync(client, request, HttpSinkLimits.NumbersBytes, either.Token).ConfigureAwait(false);
            return answer is { Status: 200, MediaType: WholeAnswer.Json }
                ? new NumbersResult.Answered(answer.Body)
                : new NumbersResult.Unreachable(string.Create(CultureInfo.InvariantCulture, $"status {answer.Status}"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new NumbersResult.Unreachable("time-out");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new NumbersResult.Unreachable(e is HttpRequestException { HttpRequestError: var error } ? error.ToString() : "read error");
        }
    }
}
