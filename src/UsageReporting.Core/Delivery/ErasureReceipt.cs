using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using UsageReporting.Core.Schema;

namespace UsageReporting;

/// <summary>What an endpoint says, and has signed, of an installation that it has erased.</summary>
/// <param name="Product">The product.</param>
/// <param name="IdSha256">The SHA-256 of the id, in lower-case hexadecimal digits.</param>
/// <param name="ErasedAt">When, by the endpoint's clock.</param>
/// <param name="Reports">How many reports of it there were.</param>
public sealed record ErasureReceipt(string Product, string IdSha256, DateTimeOffset ErasedAt, long Reports)
{
    // Nothing is signed that is not shown.
    private const int Members = 4;

    private byte[] _signed = [];
    private byte[] _signature = [];

    /// <summary>The endpoint's public key, a SubjectPublicKeyInfo in base64, as it was when it answered; null if it did not tell.</summary>
    public string? PublicKey { get; private init; }

    /// <summary>Reads a receipt.</summary>
    /// <param name="json">JSON with <c>receipt</c>, <c>signature</c> and perhaps <c>public_key</c>.</param>
    /// <returns>Null where it is none.</returns>
    public static ErasureReceipt? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject answer
                && answer["receipt"] is JsonObject { Count: Members } receipt
                && (string?)receipt["product"] is { } product
                && (string?)receipt["id_sha256"] is { } idSha256
                && (long?)receipt["reports"] is { } reports
                && DateField.TryRead((string?)receipt["erased_at"], out DateTimeOffset at)
                && (string?)answer["signature"] is { } signature
                    ? new ErasureReceipt(product, idSha256, at, reports)
                    {
                        PublicKey = (string?)answer["public_key"],
                        _signed = CanonicalJson.Write(receipt),
                        _signature = Convert.FromBase64String(signature),
                    }
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // No JSON, values of other kinds, no base64, a member twice.
            return null;
        }
    }

    /// <summary>Whether a key has signed exactly this. Needs no network.</summary>
    /// <param name="publicKey">A SubjectPublicKeyInfo in base64.</param>
    public bool IsSignedBy(string publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            return key.VerifyData(_signed, _signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
