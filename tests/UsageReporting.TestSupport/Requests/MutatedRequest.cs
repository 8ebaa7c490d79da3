using System.IO.Compression;
using System.Text;

namespace UsageReporting.TestSupport.Requests;

/// <summary>
/// A report's request with some things done to it, all of them drawn from one number: whoever knows the number has the
/// request again, and whoever leaves steps out has a smaller one.
/// </summary>
public sealed record MutatedRequest
{
    /// <summary>More steps than this leave little of a report.</summary>
    public const int Steps = 6;

    private static readonly string[] Tokens =
    [
        "null", "true", "false", "0", "-0", "-1", "1.0", "1e5", "1e999", "NaN", "9223372036854775808", "18446744073709551616",
        new('9', 400), "[]", "{}", "[[[[[", "{\"a\":{\"a\":{\"a\":{\"a\":1}}}}", "\"\"", "\"\\u0000\"", "\"\\ud800\"",
        "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\u202e\"", "\"\u200b\"", "\"\u00e9\"", "\"e\u0301\"", "\"\\n\"",
        "\"\\u001b[31m\"", "\"<script>\"", "\"'; DROP TABLE reports;--\"", "\"${jndi:ldap://x}\"", "\"%s%n\"", "\"=cmd|\"",
        "\"stable\"", "\"dev\"", "\"docker\"", "\"arm64\"", "\"2.15.0-rc.1+b\"", "\"1.2\"", "\"v1.2.3\"", "\"0-99\"",
        "\"50000+\"", "\"2026-02-30T12:00:00Z\"", "\"2026-05-18T12:00:00.1234567+00:00\"", "\"0001-01-01T00:00:00Z\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"A1B2C3D4-E5F6-4890-ABCD-EF1234567890\"", "\uFEFF", " ", "\t", "\r\n",
        ",", ":", "\"", "\\", "{", "}", "[", "]", "/**/", "//", "\0", "\u0001",
    ];

    private static readonly string[] Members =
    [
        "\"x\":1", "\"x\":\"\\ud800\"", "\"\\ud800\":1", "\"arch\":\"x\"", "\"\\u0061rch\":\"x\"", "\"Arch\":\"x\"",
        "\"__proto__\":{}", "\"received\":\"1999-01-01T00:00:00Z\"", "\"id\":7", "\"y\":[1,{\"z\":null}]", "\"\":0",
        "\"commit\":null", "\"python\":\"3\"", "\"u\\u0075id\":\"x\"", "\"x\":{\"y\":1,\"y\":2}", "\"\\ud83d\\ude00\":[[[]]]",
    ];

    private static readonly string?[] ContentTypes =
    [
        null, "", "text/plain", "application/json; charset=utf-16", "application/json; charset=bogus", "application/json;;;",
        "multipart/form-data; boundary=x", "application/json, application/json", "application/json; charset=utf-8",
        "Application/JSON", "application/json;charset=\"UTF-8\"",
    ];

    private static readonly string[] ContentEncodings =
        ["br", "deflate", "zstd", "x-gzip", "gzip, gzip", "unknown", "identity", "Identity", "GZIP", "gzip"];

    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "FOO", "post"];

    /// <summary>By which the request is known.</summary>
    public required int Seed { get; init; }

    /// <summary>The method.</summary>
    public string Method { get; private set; } = "POST";

    /// <summary>The value of Content-Type, or none.</summary>
    public string? ContentType { get; private set; } = "application/json";

    /// <summary>The value of Content-Encoding, or none.</summary>
    public string? ContentEncoding { get; private set; }

    /// <summary>The bytes that are sent.</summary>
    public byte[] Body { get; private set; } = [];

    /// <summary>The JSON that is in them; null where the wrapping itself was damaged.</summary>
    public byte[]? Json { get; private set; }

    /// <summary>Draws a request.</summary>
    /// <param name="seed">Each number is a request.</param>
    /// <param name="report">The good report to begin with.</param>
    /// <param name="omitted">Bit n leaves step n out.</param>
    public static MutatedRequest Of(int seed, string report, int omitted = 0)
    {
        MutatedRequest request = new() { Seed = seed };
        byte[] json = Encoding.UTF8.GetBytes(report);
        int steps = new Random(seed).Next(0, Steps + 1);
        for (int step = 0; step < steps; step++)
        {
            if ((omitted >> step & 1) == 0)
            {
                // Each step draws for itself, so that the others stay as they are when one is left out.
                json = request.Mutate(json, new Random(HashCode(seed, step)));
            }
        }

        request.Wrap(json, new Random(HashCode(seed, Steps)));
        return request;
    }

    /// <summary>The fewest of a request's steps that still show what is wrong, as the bits to leave out.</summary>
    public static int Shrink(Predicate<int> isStillWrong)
    {
        int omitted = 0;
        for (int step = 0; step < Steps; step++)
        {
            if (isStillWrong(omitted | 1 << step))
            {
                omitted |= 1 << step;
            }
        }

        return omitted;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"seed {Seed}: {Method}, {ContentType}, {ContentEncoding}, {Encoding.Latin1.GetString(Json ?? Body)}";

    // System.HashCode is another one in each process.
    private static int HashCode(int seed, int step) => unchecked((seed * 397) ^ (step * 7_919));

    private byte[] Mutate(byte[] json, Random random)
    {
        int at = random.Next(json.Length + 1);
        switch (random.Next(20))
        {
            case 0:
            case 1:
                return Flip(json, random);
            case 2:
                return [.. json[..at], (byte)random.Next(256), .. json[at..]];
            case 3:
                return [.. json[..at], .. json[Math.Min(json.Length, at + random.Next(1, 20))..]];
            case 4:
                return json[..at];
            case 5:
                return [.. json[..at], .. json[random.Next(json.Length + 1)..]];
            case 6:
            case 7:
            case 8:
                return [.. json[..at], .. Token(random), .. json[at..]];
            case 9:
            case 10:
            case 11:
            case 12:
                return ExchangeValue(json, random);
            case 13:
            case 14:
            case 15:
                return AddMember(json, random);
            case 16:
                return [.. json, .. new byte[random.Next(4_200)].Select(_ => (byte)' ')];
            case 17:
                ContentType = random.GetItems(ContentTypes, 1)[0];
                return json;
            case 18:
                ContentEncoding = random.GetItems(ContentEncodings, 1)[0];
                return json;
            default:
                Method = random.Next(4) == 0 ? random.GetItems(Methods, 1)[0] : Method;
                return json;
        }
    }

    private void Wrap(byte[] json, Random random)
    {
        // Half of all that says gzip is gzip, and some of what says nothing.
        bool saysGzip = string.Equals(ContentEncoding, "gzip", StringComparison.OrdinalIgnoreCase);
        if (!saysGzip && ContentEncoding is null && random.Next(4) == 0)
        {
            ContentEncoding = "gzip";
            saysGzip = true;
        }

        if (!saysGzip || json.Length == 0)
        {
            Body = json;
            Json = saysGzip ? null : json;
            return;
        }

        byte[] member = Compress(json);
        (Body, Json) = random.Next(4) switch
        {
            0 => (Flip(member, random), null),
            1 when random.Next(2) == 0 => (member[..random.Next(member.Length)], null),
            1 => ([.. member, .. member], (byte[]?)null),
            _ => (member, json),
        };
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        byte[] flipped = [.. bytes];
        for (int i = random.Next(1, 4); i > 0 && bytes.Length > 0; i--)
        {
            flipped[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }

    private static byte[] Token(Random random) => Encoding.UTF8.GetBytes(random.GetItems(Tokens, 1)[0]);

    // From a colon to the next comma: mostly one whole value.
    private static byte[] ExchangeValue(byte[] json, Random random)
    {
        int from = Array.IndexOf(json, (byte)':', random.Next(json.Length + 1) / 2) + 1;
        int to = Array.IndexOf(json, (byte)',', from);
        return from == 0 || to < 0 ? json : [.. json[..from], .. Token(random), .. json[to..]];
    }

    private static byte[] AddMember(byte[] json, Random random)
    {
        int end = Array.LastIndexOf(json, (byte)'}');
        return end < 0 ? json : [.. json[..end], (byte)',', .. Encoding.UTF8.GetBytes(random.GetItems(Members, 1)[0]), .. json[end..]];
    }

    private static byte[] Compress(byte[] content)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
