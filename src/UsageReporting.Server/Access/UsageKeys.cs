using System.Security.Cryptography;
using System.Text;
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
    private const int SecretDigits = 64;

    /// <summary>How long a key's name is.</summary>
    internal const int IdDigits = 12;

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
    /// <exception cref="IOException">It cannot be written, or not for the user to whom the folder beside the database belongs.</exception>
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
        MakeFolder();
        Write(Path.Combine(Folder, $"{id}{Extension}"), new HeldKey(key, SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        return (key, text);
    }

    /// <summary>
    /// All keys, also those that open nothing any more, by product and id. Files of the folder that are no key are left out.
    /// </summary>
    /// <exception cref="UsageStoreException">The folder may not be read.</exception>
    public IReadOnlyList<UsageKey> List() =>
    [
        .. Read().Where(file => file.Key is not null).Select(file => file.Key!.Key)
            .OrderBy(key => key.Product, StringComparer.Ordinal).ThenBy(key => key.Id, StringComparer.Ordinal),
    ];

    /// <summary>Lets a key open nothing from now on. It stays in the list, and its product goes on asking for keys.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>False if there is no such key.</returns>
    /// <exception cref="UsageStoreException">The folder may not be read, or it is not known whether the key is in it.</exception>
    public bool Revoke(string id)
    {
        IReadOnlyList<KeyInFile> files = Read();
        // An operator may have copied it.
        KeyInFile[] found = [.. files.Where(file => file.Key?.Key.Id == id)];
        if (found.Length == 0 && files.FirstOrDefault(file => file.IsUnreadable) is { Trouble: { } trouble })
        {
            throw Unreadable(Folder, trouble);
        }

        foreach (KeyInFile file in found)
        {
            HeldKey held = file.Key!;
            Write(file.File, held with { Key = held.Key with { Revoked = held.Key.Revoked ?? _time.GetUtcNow() } });
        }

        return found.Length > 0;
    }

    /// <summary>What is in the folder, file by file, so that one that is no key hides none that is.</summary>
    /// <exception cref="UsageStoreException">It is there, and may not be read.</exception>
    internal IReadOnlyList<KeyInFile> Read()
    {
        try
        {
            return [.. Directory.GetFiles(Folder, $"*{Extension}").Select(KeyInFile.Read)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(Folder, e);
        }
    }

    internal static UsageStoreException Unreadable(string folder, Exception e) =>
        new($"The keys in {folder} cannot be read: {e.Message}", e);

    private void Write(string file, HeldKey key) => DurableFile.Write(file, KeyFile.Write(key), ownerOf: Folder);

    private void MakeFolder()
    {
        if (Directory.Exists(Folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Folder);
        }
        else
        {
            Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            FileOwner.GiveThatOf(Path.GetDirectoryName(Path.GetFullPath(Folder))!, Folder);
        }
        catch (IOException)
        {
            // The server could not look into it.
            Directory.Delete(Folder);
            throw;
        }
    }
}
