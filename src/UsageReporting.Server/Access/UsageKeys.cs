using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using UsageReporting.Server.Access;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server;

/// <summary>
/// The keys of products, as files in a folder: among the services after <c>AddUsageReportingServer</c>, and usable without
/// starting the host. A server that runs takes a change within a second, whoever made it.
/// </summary>
public sealed class UsageKeys
{
    private const string Extension = ".json";
    private const int IdDigits = 12;
    private const int SecretDigits = 64;

    private readonly TimeProvider _time;

    internal UsageKeys(string folder, TimeProvider time)
    {
        Folder = folder;
        _time = time;
    }

    /// <summary>The folder, which the first key makes.</summary>
    internal string Folder { get; }

    /// <summary>Makes a key.</summary>
    /// <param name="product">The product, or <see cref="UsageKey.EveryProduct"/>.</param>
    /// <param name="scopes">What it opens; something.</param>
    /// <param name="notBefore">From when on; null for at once.</param>
    /// <param name="expires">Until when; null for ever.</param>
    /// <param name="note">What the operator knows it by.</param>
    /// <returns>The key, and its text: it is kept nowhere, and cannot be shown again.</returns>
    public (UsageKey Key, string Text) Add(
        string product,
        UsageKeyScopes scopes,
        DateTimeOffset? notBefore = null,
        DateTimeOffset? expires = null,
        string note = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(product);
        ArgumentOutOfRangeException.ThrowIfEqual(scopes, UsageKeyScopes.None);
        ArgumentNullException.ThrowIfNull(note);

        string id = RandomNumberGenerator.GetHexString(IdDigits, lowercase: true);
        string text = $"ur_{id}_{RandomNumberGenerator.GetHexString(SecretDigits, lowercase: true)}";
        UsageKey key = new(id, product, scopes) { NotBefore = notBefore, Expires = expires, Note = note };
        Write(new HeldKey(key, SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        return (key, text);
    }

    /// <summary>All keys, also those that open nothing any more, by product and id.</summary>
    public IReadOnlyList<UsageKey> List() =>
        [.. Read().Select(held => held.Key).OrderBy(key => key.Product, StringComparer.Ordinal).ThenBy(key => key.Id, StringComparer.Ordinal)];

    /// <summary>Lets a key open nothing from now on. It stays in the list, and its product goes on asking for keys.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>False if there is no such key.</returns>
    public bool Revoke(string id)
    {
        if (Read().FirstOrDefault(held => held.Key.Id == id) is not { } held)
        {
            return false;
        }

        Write(held with { Key = held.Key with { Revoked = held.Key.Revoked ?? _time.GetUtcNow() } });
        return true;
    }

    /// <summary>What is in the folder.</summary>
    /// <exception cref="UsageStoreException">It cannot be read, or holds something else.</exception>
    internal IReadOnlyList<HeldKey> Read()
    {
        try
        {
            return Directory.Exists(Folder)
                ? [.. Directory.GetFiles(Folder, $"*{Extension}").Select(file => KeyFile.Read(File.ReadAllBytes(file)))]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageStoreException($"The keys in {Folder} cannot be read: {e.Message}", e);
        }
    }

    private void Write(HeldKey key)
    {
        MakeFolder();
        DurableFile.Write(Path.Combine(Folder, $"{key.Key.Id}{Extension}"), KeyFile.Write(key));
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Folder);
        }
        else
        {
            Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
