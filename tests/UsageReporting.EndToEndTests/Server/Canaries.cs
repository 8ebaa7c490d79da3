using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>
/// What every client of these tests says beside its report, and nobody may keep. Each server of the whole suite is looked
/// through when it ends: no log line has it, an id or a client's address, and no file has it or an address.
/// </summary>
internal static partial class Canaries
{
    private const string Canary = "CANARYheader";
    private const string Address = "203.0.113.77";

    private static readonly string[] Unwanted = [Canary, Address];

    /// <summary>Says it with each request.</summary>
    public static HttpClient SaidBy(HttpClient client)
    {
        foreach (string name in new[] { "User-Agent", "X-API-Key", "X-Canary", "Cookie", "Authorization", "Referer" })
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, Canary);
        }

        client.DefaultRequestHeaders.Add("X-Forwarded-For", Address);
        client.DefaultRequestHeaders.Add("X-Real-IP", Address);
        return client;
    }

    /// <summary>Looks through what a server has left.</summary>
    /// <param name="log">All that it logged.</param>
    /// <param name="address">Where it listened, which it may say.</param>
    /// <param name="folder">Where its files are, which it may say, too.</param>
    public static void AssertNothingKept(IEnumerable<string> log, Uri address, string folder)
    {
        string[] kept =
        [
            .. log
                .Select(line => line.Replace(folder, "", StringComparison.Ordinal).Replace(address.Authority, "", StringComparison.Ordinal))
                .Where(line => Unwanted.Any(line.Contains) || IdOrLoopback().IsMatch(line)),
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsKeptIn),
        ];

        Assert.That(kept, Is.Empty);
    }

    // A report's id is in its column, where the tests look for it.
    private static bool IsKeptIn(string file)
    {
        string bytes = "";
        bool isRead = SpinWait.SpinUntil(() => TryRead(file, out bytes), TimeSpan.FromSeconds(30));
        return !isRead || Unwanted.Append("127.0.0.1").Any(unwanted => bytes.Contains(unwanted, StringComparison.Ordinal));
    }

    private static bool TryRead(string file, out string bytes)
    {
        bytes = "";
        try
        {
            bytes = File.ReadAllText(file, Encoding.Latin1);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            // The lock of a process that was killed just now.
            return false;
        }
    }

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|127\.0\.0\.1|\[?::1\]?:[0-9]", RegexOptions.IgnoreCase)]
    private static partial Regex IdOrLoopback();
}
