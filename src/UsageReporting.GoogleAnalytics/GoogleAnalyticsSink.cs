using System.Globalization;

namespace UsageReporting.GoogleAnalytics;

/// <summary>
/// Posts reports to the Measurement Protocol. Its reference says that a 2xx means only that a request came, whatever is in it and
/// whatever becomes of it: so that is accepted, unconfirmed, and of any answer nothing but its status is looked at.
/// </summary>
internal sealed class GoogleAnalyticsSink(GoogleAnalyticsOptions options, ReportSchema schema, TimeProvider time) : IReportSink
{
    public string Destination => $"{options.Endpoint.AbsoluteUri}?measurement_id={options.MeasurementId}";

    public bool KnowsRepeats => false;

    public ReadOnlyMemory<byte> Render(ReadOnlyMemory<byte> report) => MeasurementPayload.Of(schema, report);

    public async ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken)
    {
        using CancellationTokenSource expiry = new(MeasurementLimits.Timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        using MeasurementContent content = new(delivery.Report);
        try
        {
            using HttpClient client = CreateClient(options.Endpoint);
            using HttpRequestMessage request = new(HttpMethod.Post, $"{Destination}&api_secret={options.ApiSecret}") { Content = content };
            request.Headers.ConnectionClose = true;
            using HttpResponseMessage response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? new DeliveryResult.Accepted { IsConfirmed = false }
                : new DeliveryResult.Unreachable(
                    string.Create(CultureInfo.InvariantCulture, $"status {(int)response.StatusCode}"), MaybeReceived: true);
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

    // One for each attempt: there is a report a week. Nothing of the host's own requests goes along.
    private static HttpClient CreateClient(Uri endpoint) => new(new SocketsHttpHandler
    {
        // http is spoken to this machine only; a proxy would take it elsewhere, readable.
        UseProxy = !endpoint.IsLoopback,
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxResponseHeadersLength = MeasurementLimits.HeaderKilobytes,
        MaxResponseDrainSize = 0,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
