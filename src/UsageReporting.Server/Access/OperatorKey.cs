using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace UsageReporting.Server.Access;

/// <summary>
/// The operator's one key, which opens everything: as <c>X-API-Key</c> or as a bearer token. Fingerprints are compared, in
/// the same time whatever is wrong; only they are kept.
/// </summary>
internal sealed class OperatorKey
{
    private const string Header = "X-API-Key";
    private const string Bearer = "Bearer ";

    private readonly byte[]? _sha256;

    /// <param name="key">The key; without one nobody is the operator.</param>
    public OperatorKey(string? key) =>
        _sha256 = string.IsNullOrEmpty(key) ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public bool IsShownBy(HttpRequest request) =>
        _sha256 is not null && (IsKey(OfHeader(request.Headers)) | IsKey(OfBearer(request.Headers)));

    private static string? OfHeader(IHeaderDictionary headers) =>
        headers.TryGetValue(Header, out StringValues keys) && keys.Count == 1 ? keys[0] : null;

    private static string? OfBearer(IHeaderDictionary headers) =>
        headers.Authorization is [{ } authorization] && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..]
            : null;

    private bool IsKey(string? shown) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown ?? "")), _sha256);
}
