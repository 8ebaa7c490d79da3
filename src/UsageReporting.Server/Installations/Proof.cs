using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Installations;

/// <summary>What somebody shows who wants to see or erase an installation.</summary>
/// <param name="Product">The product's name.</param>
/// <param name="Id">The installation's id.</param>
/// <param name="Secret">The erasure secret, in hexadecimal digits.</param>
internal sealed record Proof(string Product, string Id, string Secret)
{
    private const int MostBytes = 1_024;

    /// <summary>Reads it; null where the body is something else.</summary>
    public static async Task<Proof?> ReadAsync(HttpRequest request)
    {
        try
        {
            byte[] body = new byte[MostBytes + 1];
            int length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false);
            if (length > MostBytes)
            {
                return null;
            }

            using JsonDocument json = JsonDocument.Parse(body.AsMemory(0, length));
            return Text(json.RootElement, "product") is { } product
                && Text(json.RootElement, "id") is { } id
                && Text(json.RootElement, "erasure_secret") is { } secret
                    ? new Proof(product, id, secret)
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException)
        {
            // InvalidOperationException is a string that is not Unicode, IOException a client that is gone.
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out JsonElement member)
        && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;
}
