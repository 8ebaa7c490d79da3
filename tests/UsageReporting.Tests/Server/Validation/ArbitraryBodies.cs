using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace UsageReporting.Tests.Server.Validation;

/// <summary>Bytes as they may arrive: at random, JSON at random, and good reports with mutations.</summary>
internal static class ArbitraryBodies
{
    private static readonly string[] Names =
    [
        "uuid", "version", "channel", "commit", "build_date", "install_type", "arch", "python", "doc_bucket", "multi_user",
        "received", "id", "Arch", "UUID", "x", "__proto__", "\\u0061rch", "", "\\ud83d\\ude00", "\\ud83d", "\\u0000",
    ];

    private static readonly string[] Values =
    [
        $"\"{TestSchemas.Id}\"", "\"2.15.0\"", "\"1.2.3-a.b+c\"", "\"beta\"", "\"dev\"", "\"docker\"", "\"x86_64\"", "\"0-99\"",
        "\"50000+\"", "\"2026-05-18T12:00:00Z\"", "\"2026-05-18T12:00:00.1234567+00:00\"", "\"2026-13-01T00:00:00Z\"", "true",
        "false", "null", "0", "-0", "1e5", "\"\"", "\"\\n\"", "\"a\\u0000\"", "\"\\udfff\"", "\"<b>\"", "[]", "{}", "[[[[]]]]",
        "[[[1]]]", "{\"a\":{\"b\":{}}}", "{\"a\":1,\"\\u0061\":2}",
    ];

    public static Arbitrary<byte[]> Any { get; } = Arb.From(Gen.OneOf(Random(), Json(), MutatedText(), MutatedBytes()));

    private static Gen<byte[]> Random() =>
        Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();

    private static Gen<byte[]> Json() =>
        Member().ArrayOf().Select(members => Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}"));

    private static Gen<string> Member() =>
        from name in Gen.Elements(Names)
        from value in Gen.Elements(Values)
        select $"\"{name}\":{value}";

    // One or two members exchanged or added: most of these are one mistake away from a good report.
    private static Gen<byte[]> MutatedText() =>
        from old in Gen.Elements("\"beta\"", "\"x86_64\"", "\"2.15.0\"", "true", "\"2026-05-18T12:00:00Z\"", $"\"{TestSchemas.Id}\"")
        from value in Gen.Elements(Values)
        from member in Gen.OneOf(Member(), Gen.Constant("\"y\":0"))
        select Encoding.UTF8.GetBytes(
            $"{TestSchemas.PaperlessReport.Replace(old, value, StringComparison.Ordinal)[..^1]},{member}}}");

    private static Gen<byte[]> MutatedBytes() =>
        from position in Gen.Choose(0, TestSchemas.PaperlessReport.Length - 1)
        from value in Gen.Choose(0, 255)
        from length in Gen.Choose(0, 2)
        select Mutate(Encoding.UTF8.GetBytes(TestSchemas.PaperlessReport), position, (byte)value, length);

    private static byte[] Mutate(byte[] body, int position, byte value, int length) =>
        [.. body[..position], .. Enumerable.Repeat(value, length), .. body[(position + 1)..]];
}
