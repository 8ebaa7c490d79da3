using System.Security.Cryptography;
using System.Text;

namespace UsageReporting.Tests.Clients;

/// <summary>Signs receipts as an endpoint does, with a key of its own.</summary>
internal sealed class ReceiptSigner : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    public void Dispose() => _key.Dispose();

    /// <summary>A receipt of two reports, with another key beside it or none where the test says so.</summary>
    public string Sign(InstallationProof proof, string? publicKey = null, bool hasKey = true)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(proof.Id)));
        string receipt = $$"""{"erased_at":"2026-05-18T12:00:00Z","id_sha256":"{{sha256}}","product":"{{proof.Product}}","reports":2}""";
        string signature = Convert.ToBase64String(
            _key.SignData(Encoding.UTF8.GetBytes(receipt), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        string key = hasKey ? $$""","public_key":"{{publicKey ?? PublicKey}}" """.TrimEnd() : "";
        return $$"""{"receipt":{{receipt}},"signature":"{{signature}}"{{key}}}""";
    }
}
