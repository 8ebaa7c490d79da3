using UsageReporting.Core.Delivery;

namespace UsageReporting;

/// <summary>
/// What an endpoint says, and has signed, of how many installations had something, such as a plugin, in a closed week or month: for
/// its author to show around.
/// </summary>
public sealed class UsageCertificate
{
    private const int Members = 10;
    private const string Type = "certificate of use";

    private readonly SignedStatement _statement;

    private UsageCertificate(SignedStatement statement)
    {
        _statement = statement;
        Product = statement.Text("product");
        Field = statement.Text("field");
        Word = statement.Text("word");
        Window = statement.Text("window");
        FirstDay = statement.Day("first_day");
        LastDay = statement.Day("last_day");
        Installs = statement.Number("installs");
        Of = statement.Number("of");
        Made = statement.Time("as_of");
    }

    /// <summary>The product.</summary>
    public string Product { get; }

    /// <summary>The field of its reports.</summary>
    public string Field { get; }

    /// <summary>The word of that field, such as a plugin's name.</summary>
    public string Word { get; }

    /// <summary>The ISO week or the month, such as <c>2026-10</c>.</summary>
    public string Window { get; }

    /// <summary>The first day of it, in UTC.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>The last day of it.</summary>
    public DateOnly LastDay { get; }

    /// <summary>How many installations reported that they had it.</summary>
    public long Installs { get; }

    /// <summary>How many reported at all.</summary>
    public long Of { get; }

    /// <summary>When the numbers were made, by the endpoint's clock.</summary>
    public DateTimeOffset Made { get; }

    /// <summary>The public key that came with it, a SubjectPublicKeyInfo in base64; null if none did.</summary>
    public string? PublicKey => _statement.PublicKey;

    /// <summary>Reads a certificate.</summary>
    /// <param name="json">JSON with <c>certificate</c>, <c>signature</c> and perhaps <c>public_key</c>.</param>
    /// <returns>Null where it is none.</returns>
    public static UsageCertificate? Parse(string json) => SignedStatement.Read(
        json, "certificate", Members, static statement => statement.Text("type") == Type ? new UsageCertificate(statement) : null);

    /// <summary>Whether a key has signed exactly this. Needs no network.</summary>
    /// <param name="publicKey">A SubjectPublicKeyInfo in base64.</param>
    public bool IsSignedBy(string publicKey) => _statement.IsSignedBy(publicKey);
}
