using System.Security.Cryptography;
using System.Text;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>An installation of document 001's product, with its secret.</summary>
internal sealed record Installation(string Id, string Secret)
{
    public string Report { get; } = Reports.Printernizer(Id).Replace(
        string.Concat(Enumerable.Repeat("0123456789abcdef", 4)), KeyOf(Secret), StringComparison.Ordinal);

    /// <summary>What its reports say of its secret.</summary>
    public string ErasureKey => KeyOf(Secret);

    public static Installation New() => new(Reports.NewId(), RandomNumberGenerator.GetHexString(64, lowercase: true));

    /// <summary>One whose id is of a period only.</summary>
    public static Installation NewRotating()
    {
        string id = Reports.NewId();
        return New() with { Id = $"{id[..14]}8{id[15..]}" };
    }

    /// <summary>What proves that it is this one's owner who asks.</summary>
    public string Proof(string? id = null, string? secret = null, string product = "printernizer") =>
        $$"""{"product":"{{product}}","id":"{{id ?? Id}}","erasure_secret":"{{secret ?? Secret}}"}""";

    /// <summary>Whether any of its bytes stands in a file of a folder.</summary>
    public bool IsIn(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Any(file => Read(file).Contains(Id, StringComparison.OrdinalIgnoreCase));

    private static string KeyOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(secret)));

    private static string Read(string file)
    {
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(stream, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (IOException)
        {
            // The lock of a server that runs, which holds numbers of files.
            return "";
        }
    }
}
