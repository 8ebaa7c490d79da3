using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using UsageReporting.Server.Products;

namespace UsageReporting.Server.Access;

/// <summary>
/// Knows who shows which key, as <c>X-API-Key</c> or as a bearer token: the operator's own, which opens everything, a
/// product's own of the settings, and those of the folder. Fingerprints are compared, all of them whatever was found, so
/// that neither the answer nor its time tells a wrong key from one of another product or of another time.
/// </summary>
internal sealed class KeyRing
{
    private const string Header = "X-API-Key";
    private const string Bearer = "Bearer ";
    private const UsageKeyScopes All = UsageKeyScopes.Report | UsageKeyScopes.Read | UsageKeyScopes.Admin;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);
    private readonly KeyFolder _folder;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <param name="operatorKey">The operator's key; without one nobody is the operator.</param>
    /// <param name="catalog">The products, which may have a key of their own.</param>
    /// <param name="keys">The keys that are managed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of keys that cannot be read, and of those that are used to read.</param>
    /// <exception cref="UsageStoreException">The keys may not be read: who is let in is not known.</exception>
    public KeyRing(string? operatorKey, ProductCatalog catalog, UsageKeys keys, TimeProvider time, ILogger<KeyRing> logger)
    {
        HeldKey[] ofSettings =
        [
            .. string.IsNullOrEmpty(operatorKey) ? [] : new[] { Held(UsageKey.EveryProduct, All, operatorKey) },
            .. catalog.Products.Where(product => product.ApiKey is not null)
                .Select(product => Held(product.Name, UsageKeyScopes.Report, product.ApiKey!)),
        ];
        OfSettings = [.. ofSettings.Select(held => held.Key)];
        _folder = new KeyFolder(keys, ofSettings, logger);
        _time = time;
        _logger = logger;
    }

    /// <summary>The keys of the settings, which all have the same name.</summary>
    public IReadOnlyList<UsageKey> OfSettings { get; }

    /// <summary>Whether a product's reports need a key: it has one for them, or had one.</summary>
    public bool IsAskedFor(Product product)
    {
        // Asked for each report, and most servers have no keys.
        foreach (HeldKey held in _folder.Keys)
        {
            if (held.Key.Product == product.Name && held.Key.Scopes.HasFlag(UsageKeyScopes.Report)
                && !(_time.GetUtcNow() < held.Key.NotBefore) && !(held.Key.Revoked <= held.Key.NotBefore))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a request shows anything as a key.</summary>
    public static bool IsShown(HttpRequest request) =>
        request.Headers.ContainsKey(Header) || request.Headers.ContainsKey(HeaderNames.Authorization);

    /// <summary>The good key of a product that a request shows: of two, the one that opens the scope.</summary>
    public ShownKey Find(HttpRequest request, Product product, UsageKeyScopes scope) => Find(request, product.Name, scope);

    /// <summary>The good key of all products that a request shows.</summary>
    public ShownKey FindOfEveryProduct(HttpRequest request, UsageKeyScopes scope) => Find(request, UsageKey.EveryProduct, scope);

    /// <summary>Notes in the log that a key was used, by the name of the key and of nobody else.</summary>
    public void NoteUse(string what, Product product, ShownKey key) => Log.KeyUsed(_logger, what, product.Name, key.Name);

    /// <summary>The good key of all products whose text somebody has typed.</summary>
    public ShownKey FindOfEveryProduct(string text, UsageKeyScopes scope)
    {
        byte[] typed = Fingerprint(text);
        return Find(typed, typed, UsageKey.EveryProduct, scope);
    }

    /// <summary>Whether a key of all products that was good a while ago still opens a scope.</summary>
    public bool IsStillGood(string name, UsageKeyScopes scope)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return Array.Exists(
            _folder.Keys,
            held => held.Key.Id == name && held.IsOf(UsageKey.EveryProduct) && held.Key.Scopes.HasFlag(scope) && held.Key.IsGood(now));
    }

    /// <summary>When a key last opened something, since the server started, to the minute; null if it did not.</summary>
    public DateTimeOffset? LastUsed(string name) => _used.TryGetValue(name, out DateTimeOffset used) ? used : null;

    private ShownKey Find(HttpRequest request, string product, UsageKeyScopes scope) =>
        Find(Fingerprint(OfHeader(request.Headers)), Fingerprint(OfBearer(request.Headers)), product, scope);

    private ShownKey Find(byte[] header, byte[] bearer, string product, UsageKeyScopes scope)
    {
        DateTimeOffset now = _time.GetUtcNow();
        ShownKey found = ShownKey.None;
        foreach (HeldKey held in _folder.Keys)
        {
            bool isShown = CryptographicOperations.FixedTimeEquals(header, held.Sha256)
                | CryptographicOperations.FixedTimeEquals(bearer, held.Sha256);
            if (isShown && !found.Opens(scope) && held.IsOf(product) && held.Key.IsGood(now))
            {
                found = new ShownKey(held.Key.Id, held.Key.Scopes);
            }
        }

        // Each report of a product with a key comes along here: the minute is all that a page shows of it.
        if (found.Opens(scope) && !(LastUsed(found.Name) is { } used && (now - used).Duration() < TimeSpan.FromMinutes(1)))
        {
            _used[found.Name] = now;
        }

        return found;
    }

    private static HeldKey Held(string product, UsageKeyScopes scopes, string text) =>
        new(new UsageKey("of the settings", product, scopes), Fingerprint(text));

    private static string? OfHeader(IHeaderDictionary headers) =>
        headers.TryGetValue(Header, out StringValues keys) && keys.Count == 1 ? keys[0] : null;

    private static string? OfBearer(IHeaderDictionary headers) =>
        headers.Authorization is [{ } authorization] && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..]
            : null;

    private static byte[] Fingerprint(string? text) => SHA256.HashData(Encoding.UTF8.GetBytes(text ?? ""));
}
