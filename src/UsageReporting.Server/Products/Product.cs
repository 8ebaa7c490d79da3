using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace UsageReporting.Server.Products;

/// <summary>An application whose reports are received, with its schema as it is served.</summary>
internal sealed class Product
{
    public Product(ReportSchema schema)
    {
        Schema = schema;
        NameUtf8 = Encoding.UTF8.GetBytes(Name);
        SchemaJson = schema.ToJson();
        SchemaTag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(SchemaJson))}\"");
        Window = TimeSpan.FromDays(schema.Header.WindowDays);
        Rotates = schema.Header.Identity is { Kind: IdentityKind.Rotating, Rotates: var period } ? period : null;
    }

    public string Name => Schema.Header.Product;

    public byte[] NameUtf8 { get; }

    public ReportSchema Schema { get; }

    public byte[] SchemaJson { get; }

    public EntityTagHeaderValue SchemaTag { get; }

    /// <summary>How long after a report the next one of its installation is refused; zero never refuses.</summary>
    public TimeSpan Window { get; }

    /// <summary>Whether everybody may read its published numbers.</summary>
    public bool HasPublicStatistics { get; init; } = true;

    /// <summary>What the sender of an accepted report is answered.</summary>
    public UsageAnswerStyle AnswerStyle { get; init; }

    /// <summary>The key that reports are sent with; null where they need none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How many reports of an installation are taken in an hour; null for any number.</summary>
    public int? ReportsPerHour { get; init; }

    /// <summary>How long an id lasts where it rotates; null otherwise.</summary>
    public RotationPeriod? Rotates { get; }

    /// <summary>
    /// How long the sender of an accepted report has to wait: for the window, or for the next period, which brings a rotating
    /// id its successor.
    /// </summary>
    public TimeSpan WaitAfter(DateTimeOffset accepted) =>
        Rotates is { } period ? ReportPeriod.EndOf(period, accepted) - accepted : Window;
}
