using UsageReporting.Core.Delivery;

namespace UsageReporting;

/// <summary>What an endpoint says, and has signed, of an installation that it has erased.</summary>
public sealed class ErasureReceipt
{
    private const int Members = 4;

    private readonly SignedStatement _statement;

    private ErasureReceipt(SignedStatement statement)
    {
        _statement = statement;
        Product = statement.Text("product");
        IdSha256 = statement.Text("id_sha256");
        ErasedAt = statement.Time("erased_at");
        Reports = statement.Number("reports");
    }

    /// <summary>The product.</summary>
    public string Product { get; }

    /// <summary>The SHA-256 of the id, in lower-case hexadecimal digits.</summary>
    public string IdSha256 { get; }

    /// <summary>When, by the endpoint's clock.</summary>
    public DateTimeOffset ErasedAt { get; }

    /// <summary>How many reports of it there were.</summary>
    public long Reports { get; }

    /// <summary>The endpoint's public key, a SubjectPublicKeyInfo in base64, as it was when it answered; null if it did not tell.</summary>
    public string? PublicKey => _statement.PublicKey;

    /// <summary>Reads a receipt.</summary>
    /// <param name="json">JSON with <c>receipt</c>, <c>signature</c> and perhaps <c>public_key</c>.</param>
    /// <returns>Null where it is none.</returns>
    public static ErasureReceipt? Parse(string json) =>
        SignedStatement.Read(json, "receipt", Members, static statement => new ErasureReceipt(statement));

    /// <summary>Whether a key has signed exactly this. Needs no network.</summary>
    /// <param name="publicKey">A SubjectPublicKeyInfo in base64.</param>
    public bool IsSignedBy(string publicKey) => _statement.IsSignedBy(publicKey);
}
