using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>Bytes as they may arrive: at random, and good reports of fresh installations with a few bytes exchanged.</summary>
internal static class ArbitraryBodies
{
    private static readonly string[] Fragments =
    [
        "null", "0", "-1", "1e400", "true", "[]", "{}", "[[[[[", "\"\\ud800\"", "\"\\u0000\"", "\"\\u202e\"", "\"<script>\"", "\"\"",
        "\"2.15.0-rc.1\"", "\"dev\"", "\"arm64\"", "\"100-999\"", ",\"arch\":\"x\"", ",\"Arch\":1", ",\"x\":{\"y\":[1]}",
    ];

    public static Arbitrary<byte[]> Any { get; } = Arb.From(Gen.OneOf(Random(), Mutated(), Spliced()));

    private static Gen<byte[]> Random() => Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();

    private static Gen<byte[]> Mutated() =>
        from position in Gen.Choose(0, Reports.Paperless().Length - 1)
        from value in Gen.Choose(0, 255)
        select Exchange(Encoding.UTF8.GetBytes(Reports.Paperless(Reports.NewId())), position, (byte)value);

    // A value replaced by another, or a member added.
    private static Gen<byte[]> Spliced() =>
        from fragment in Gen.Elements(Fragments)
        from value in Gen.Elements("\"beta\"", "\"x86_64\"", "\"2.15.0\"", "\"1000-9999\"", "true")
        select Splice(Reports.Paperless(Reports.NewId()), value, fragment);

    private static byte[] Exchange(byte[] body, int position, byte value)
    {
        body[position] = value;
        return body;
    }

    private static byte[] Splice(string report, string value, string fragment) => Encoding.UTF8.GetBytes(
        fragment.StartsWith(',') ? report[..^1] + fragment + "}" : report.Replace(value, fragment, StringComparison.Ordinal));
}
