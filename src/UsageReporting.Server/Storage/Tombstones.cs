using System.Security.Cryptography;
using System.Text;

namespace UsageReporting.Server.Storage;

/// <summary>
/// Marks of what was erased, beside the database and not in it: a backup that is restored is older than they are. A mark is
/// an HMAC under a key in a file of its own, so that the marks alone tell nobody which installations there were. A
/// database notes how many of them it has followed.
/// </summary>
/// <param name="database">The database's file.</param>
internal sealed class Tombstones(string database)
{
    // Hexadecimal digits, and the end of the line.
    private const int LineBytes = (2 * HMACSHA256.HashSizeInBytes) + 1;

    private const int KeyBytes = HMACSHA256.HashSizeInBytes;

    private readonly string _marks = $"{database}.erased";
    private readonly string _keyFile = $"{database}.erased.key";

    private byte[]? _key;

    /// <summary>By what a database knows these marks from those of another server; it tells nothing of the key.</summary>
    public string Name => Convert.ToHexStringLower(SHA256.HashData(_key ??= ReadKey()));

    /// <summary>How many there are.</summary>
    public long Count => new FileInfo(_marks) is { Exists: true, Length: var length } ? length / LineBytes : 0;

    /// <summary>Refuses marks that nobody can follow: a backup that is restored would bring back what was erased.</summary>
    /// <exception cref="UsageStoreException">Their key is not there, or is none.</exception>
    public void RefuseWithoutKey()
    {
        if (Count > 0 && new FileInfo(_keyFile) is not { Exists: true, Length: KeyBytes })
        {
            throw new UsageStoreException(
                $"The key {_keyFile} of {_marks} is missing or damaged: put it back from where the marks came from; "
                + "without it restored backups bring back what was erased. If it is lost, remove the marks, too.");
        }
    }

    /// <summary>Adds the mark of an installation, durably.</summary>
    public void Add(string product, string id) => DurableFile.Append(_marks, Encoding.ASCII.GetBytes($"{MarkOf(product, id)}\n"));

    /// <summary>The marks that follow the first so many.</summary>
    public IReadOnlySet<string> After(long first) => File.ReadLines(_marks).Skip((int)first).ToHashSet(StringComparer.Ordinal);

    /// <summary>The mark of an installation.</summary>
    public string MarkOf(string product, string id) => Convert.ToHexStringLower(
        HMACSHA256.HashData(_key ??= ReadKey(), Encoding.UTF8.GetBytes($"{product}\0{id}")));

    private byte[] ReadKey()
    {
        // One that is no key was left by nobody who had marks: those are refused.
        if (new FileInfo(_keyFile) is { Exists: true, Length: not KeyBytes })
        {
            File.Delete(_keyFile);
        }

        DurableFile.WriteIfMissing(_keyFile, () => RandomNumberGenerator.GetBytes(KeyBytes));
        return File.ReadAllBytes(_keyFile);
    }
}
