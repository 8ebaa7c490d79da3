using System.Net.Http.Headers;

namespace UsageReporting.Transports.Http;

/// <summary>Gets an answer that is read to its end, and no further than is allowed.</summary>
internal static class WholeAnswer
{
    public const string Json = "application/json";

    /// <param name="client">Sends it.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="mostBytes">What an honest answer has at most.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <exception cref="IOException">The answer is longer, or broke off.</exception>
    public static async Task<HttpAnswer> GetAsync(
        HttpClient client, HttpRequestMessage request, int mostBytes, CancellationToken cancellationToken)
    {
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
            if (body.Length > mostBytes)
            {
                throw new IOException("The answer is too long.");
            }
        }

        return new HttpAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body.ToArray());
    }
}
