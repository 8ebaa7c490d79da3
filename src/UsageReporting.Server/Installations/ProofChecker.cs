using System.Security.Cryptography;
using System.Text;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Installations;

/// <summary>
/// Whether somebody has the secret of an installation. Whatever is wrong (the product, the id, the secret) the same is done,
/// so that neither the answer nor its time tells which installations there are.
/// </summary>
internal sealed class ProofChecker(ProductCatalog catalog, IInstallationStore store)
{
    private const int SecretDigits = 64;

    // No fingerprint: what is compared where there is none to compare with.
    private static readonly string Nothing = new('-', 2 * SHA256.HashSizeInBytes);

    /// <summary>The product, and the id as it is stored; null where the proof is none.</summary>
    public async Task<(Product Product, string Id)?> CheckAsync(Proof proof)
    {
        Product? known = catalog.Find(proof.Product);
        string id = proof.Id.ToLowerInvariant();
        if ((known ?? catalog.Default) is not { } product)
        {
            return null;
        }

        string kept = await store.FindErasureKeyAsync(product, id) ?? Nothing;
        bool isProven = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Fingerprint(proof.Secret)), Encoding.UTF8.GetBytes(kept));
        return isProven && proof.Secret.Length == SecretDigits && known is not null ? (product, id) : null;
    }

    // Of a text that is no secret too.
    private static string Fingerprint(string secret)
    {
        byte[] bytes = new byte[SHA256.HashSizeInBytes];
        _ = Convert.FromHexString(secret, bytes, out _, out int written);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, written)));
    }
}
