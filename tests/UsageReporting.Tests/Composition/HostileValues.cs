using FsCheck;
using FsCheck.Fluent;
using UsageReporting.Core.Schema;

namespace UsageReporting.Tests.Composition;

/// <summary>What collectors might yield: half of it what the field asks for, half of it nonsense of every sort.</summary>
internal static class HostileValues
{
    private static readonly string[] Strings =
    [
        "", " ", "null", "true", "0", "-1", "NaN", "1e999", "a\0b", "\u202Eabc\u202C", "a\u200Bb", "\uFEFFbeta", "beta\n",
        "\u001b[31mred\u001b[0m", "\ud800", "\udfff\ud800", "🦆", "İstanbul", "e\u0301", "1.2.٣", "1..2", "1.2.3.4.5",
        "1.2.3+", "1.2.3-é", "'; DROP TABLE reports;--", "{{7*7}}", "${jndi:ldap://x}", "<script>", "=cmd|'/c'!A0",
        "\"},\"x\":{\"", "\\", "C:\\Users\\alice", "/srv/alice", "alice@example.org", "__proto__", "2026-W47",
        new string('9', 400), new string('x', 100_000),
    ];

    private static readonly long[] Numbers =
        [0, 1, -1, 9, 10, 366, 1_000, 1_000_000, 1_000_001, (1L << 53) - 1, 1L << 53, long.MaxValue, long.MinValue];

    private static readonly Gen<string?> AnyText =
        Gen.OneOf<string?>(Gen.Elements<string?>([null, .. Strings]), ArbMap.Default.GeneratorFor<string?>());

    private static readonly Gen<long> AnyNumber =
        Gen.OneOf(Gen.Elements(Numbers), ArbMap.Default.GeneratorFor<int>().Select(number => (long)number));

    private static readonly Gen<string> AnyVersion = Gen.Elements(
        "1.2", "1.2.3", "0.0.0", "2.15.0-rc.1+abc", "1.2.3.4", "999999.0.0", $"1.0.0-{new string('a', 58)}", $"1.0.0-{new string('a', 59)}");

    /// <summary>What each field of a schema is set to; the same field may come twice.</summary>
    public static Gen<HostileValue[]> For(ReportSchema schema) =>
        from subset in Gen.SubListOf<UsageField>(schema.Fields)
        from values in Gen.CollectToArray([.. subset, .. subset.Take(1)], ForField)
        select values;

    private static Gen<HostileValue> ForField(UsageField field) => field switch
    {
        FlagField flag => ArbMap.Default.GeneratorFor<bool?>().Select(v => Value(field, v, to => to.Set(flag, v))),
        WordField word => Or(word.Words).Select(v => Value(field, v, to => to.Set(word, v))),
        BucketField bucket => AnyNumber.Select(v => Value(field, v, to => to.Set(bucket, v))),
        CountField count => AnyNumber.Select(v => Value(field, v, to => to.Set(count, v))),
        VersionField version => Or(AnyVersion).Select(v => Value(field, v, to => to.Set(version, v))),
        DateField date => ArbMap.Default.GeneratorFor<DateTimeOffset>().Select(v => Value(field, v, to => to.Set(date, v))),
        TextField text => Or(Gen.Elements("x86_64", "2026-W47", "DE", new string('a', 64), new string('a', 65)))
            .Select(v => Value(field, v, to => to.Set(text, v))),
        SetField set => Gen.ListOf(Or(set.Words)).Select(v => Value(field, v, to => to.Set(set, v!))),
        CountsField counts => Gen.ListOf(Or(counts.Words).Zip(AnyNumber))
            .Select(v => Value(field, v, to => to.Set(counts, v.Select(pair => KeyValuePair.Create(pair.Item1!, pair.Item2))))),
        VersionsField versions => Gen.ListOf(Or(versions.Words).Zip(Or(AnyVersion)))
            .Select(v => Value(field, v, to => to.Set(versions, v.Select(pair => KeyValuePair.Create(pair.Item1!, pair.Item2!))))),
        _ => throw new InvalidOperationException($"There is a new kind: {SchemaNames.Of(field.Kind)}."),
    };

    private static Gen<string?> Or(IEnumerable<string> good) => Or(Gen.Elements(good));

    private static Gen<string?> Or(Gen<string> good) => Gen.OneOf(AnyText, good.Select(text => (string?)text));

    private static HostileValue Value(UsageField field, object? value, Action<UsageValues> set) => new(field, value, set);
}
