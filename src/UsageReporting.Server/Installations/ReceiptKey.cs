using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Installations;

/// <summary>
/// Signs receipts of what was erased, and certificates: ECDSA on P-256 with SHA-256 (FIPS 186-5). The key is made when the server starts for the
/// first time, and stays: after the database, which only one server has, so that no other makes one at the same moment.
/// </summary>
/// <param name="file">Where it is kept.</param>
internal sealed class ReceiptKey(string file) : IHostedService, IDisposable
{
    // Keys promise nothing about several threads.
    private readonly Lock _turn = new();
    private readonly Lazy<ECDsa> _key = new(() => ReadOrMake(file));

    /// <summary>The public half: a SubjectPublicKeyInfo in base64.</summary>
    public string Public => Convert.ToBase64String(_key.Value.ExportSubjectPublicKeyInfo());

    /// <summary>What stands for an id where it must not stand itself.</summary>
    public static string HashOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    /// <summary>By which the public half is compared.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(_key.Value.ExportSubjectPublicKeyInfo()));

    /// <summary>A receipt with its signature.</summary>
    public string Sign(Product product, string id, DateTimeOffset erasedAt, int reports)
    {
        string receipt = $$"""{"erased_at":"{{DateField.Write(erasedAt)}}","id_sha256":"{{HashOf(id)}}","product":"{{product.Name}}","reports":{{reports}}}""";
        return "{" + Signed("receipt", receipt) + "}";
    }

    /// <summary>A certificate with its signature, and with the key, as who gets it may not know the server.</summary>
    /// <param name="statement">In its canonical form.</param>
    public string Sign(string statement) => "{" + Signed("certificate", statement) + $",\"public_key\":\"{Public}\"}}";

    // The signed bytes are those of the statement in its canonical form (RFC 8785), which is the one that it has here.
    private string Signed(string name, string statement)
    {
        byte[] signature;
        lock (_turn)
        {
            signature = _key.Value.SignData(Encoding.UTF8.GetBytes(statement), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }

        return $"\"{name}\":{statement},\"signature\":\"{Convert.ToBase64String(signature)}\"";
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = _key.Value;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        if (_key.IsValueCreated)
        {
            _key.Value.Dispose();
        }
    }

    private static ECDsa ReadOrMake(string file)
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            DurableFile.WriteIfMissing(file, () => Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }
        catch (Exception e)
        {
            key.Dispose();
            throw e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException
                ? new UsageStoreException($"The key of receipts {file} cannot be used: {e.Message}", e)
                : e;
        }
    }
}
