using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using UsageReporting.Core.Schema;

namespace UsageReporting;

/// <summary>What an endpoint says, and has signed, of an installation that it has erased.</summary>
public sealed class ErasureReceipt
{
    // Nothing is signed that is not shown.
    private const int Members = 4;

    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private ErasureReceipt(byte[] signed, byte[] signature)
    {
        _signed = signed;
        _signature = signature;
    }

    /// <summary>The product.</summary>
    public string Product { get; private init; } = "";

    /// <summary>The SHA-256 of the id, in lower-case hexadecimal digits.</summary>
    public string IdSha256 { get; private init; } = "";

    /// <summary>When, by the endpoint's clock.</summary>
    public DateTimeOffset ErasedAt { get; private init; }

    /// <summary>How many reports of it there were.</summary>
    public long Reports { get; private init; }

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
                    ? new ErasureReceipt(CanonicalJson.Write(receipt), Convert.FromBase64String(signature))
                    {
                        Product = product,
                        IdSha256 = idSha256,
                        ErasedAt = at,
                        Reports = reports,
                        PublicKey = (string?)answer["public_key"],
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
