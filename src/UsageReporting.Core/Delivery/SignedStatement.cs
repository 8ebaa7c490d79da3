using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using UsageReporting.Core.Schema;

namespace UsageReporting.Core.Delivery;

/// <summary>
/// Something that an endpoint says and has signed: an object of exactly the members that its type has, so that nothing is signed
/// that is not shown, and no type can be taken for another.
/// </summary>
internal sealed class SignedStatement
{
    private readonly JsonObject _statement;
    private readonly byte[] _signature;

    private SignedStatement(JsonObject statement, string signature, string? publicKey)
    {
        _statement = statement;
        _signature = Convert.FromBase64String(signature);
        PublicKey = publicKey;
    }

    /// <summary>The endpoint's public key, a SubjectPublicKeyInfo in base64, if it came with it.</summary>
    public string? PublicKey { get; }

    /// <summary>Reads a statement of a type; null where it is none.</summary>
    /// <param name="json">JSON with the statement, <c>signature</c> and perhaps <c>public_key</c>.</param>
    /// <param name="name">Under which name the statement stands.</param>
    /// <param name="members">How many members it has.</param>
    /// <param name="read">Reads them; null, or a format exception, where they are not what they should be.</param>
    public static T? Read<T>(string json, string name, int members, Func<SignedStatement, T?> read)
        where T : class
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject answer
                && answer[name] is JsonObject statement && statement.Count == members
                && (string?)answer["signature"] is { } signature
                    ? read(new SignedStatement(statement, signature, (string?)answer["public_key"]))
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // No JSON, values of other kinds, no base64, a member twice.
            return null;
        }
    }

    /// <summary>A text that can be shown on a terminal: names and words are printable ASCII.</summary>
    public string Text(string name) =>
        (string?)_statement[name] is { } text && text.All(c => c is >= ' ' and <= '~') ? text : throw new FormatException();

    public long Number(string name) => (long?)_statement[name] ?? throw new FormatException();

    public DateTimeOffset Time(string name) => DateField.TryRead(Text(name), out DateTimeOffset time) ? time : throw new FormatException();

    public DateOnly Day(string name) => DateOnly.ParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Whether a key has signed exactly this. Needs no network.</summary>
    /// <param name="publicKey">A SubjectPublicKeyInfo in base64.</param>
    public bool IsSignedBy(string publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            return key.VerifyData(
                CanonicalJson.Write(_statement), _signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
