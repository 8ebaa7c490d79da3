using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using UsageReporting.Core.Composition;

namespace UsageReporting.Tests.Collection;

public sealed class UsageValuesTests
{
    private static readonly FlagField Flag = UsageField.Flag("flag", "Flag", "Why.");
    private static readonly WordField Word = UsageField.Word("word", "Word", "Why.", ["stable", "beta"]);
    private static readonly BucketField Bucket = UsageField.Bucket("bucket", "Bucket", "Why.", [10, 100, 1_000]);
    private static readonly CountField Count = UsageField.Count("count", "Count", "Why.", 0, 10);
    private static readonly VersionField Version = UsageField.Version("version", "Version", "Why.", parts: 3);
    private static readonly DateField Date = UsageField.Date("date", "Date", "Why.");
    private static readonly TextField Text = UsageField.Text("text", "Text", "Why.", "[a-z]+", maxLength: 5);
    private static readonly SetField Set = UsageField.Set("set", "Set", "Why.", ["prusa", "bambu"]);
    private static readonly CountsField Counts = UsageField.Counts("counts", "Counts", "Why.", ["prusa", "bambu"], 1, 10);
    private static readonly VersionsField Versions = UsageField.Versions("versions", "Versions", "Why.", ["svg", "console"]);

    private static readonly UsageField[] Fields =
        [Flag, Word, Bucket, Count, Version, Date, Text, Set, Counts, Versions];

    private static readonly string?[] Surprises =
        [null, "", " prusa", "PRUSA", "pru\u202Esa", "prusa\0", new string('x', 10_000_000)];

    private static IEnumerable<TestCaseData> Kept =>
    [
        Case("flag true", values => values.Set(Flag, true), "true"),
        Case("flag false", values => values.Set(Flag, false), "false"),
        Case("word", values => values.Set(Word, "beta"), "\"beta\""),
        Case("bucket, lower bound", values => values.Set(Bucket, 10), "\"10-99\""),
        Case("bucket, upper bound", values => values.Set(Bucket, 99), "\"10-99\""),
        Case("bucket, largest number", values => values.Set(Bucket, long.MaxValue), "\"1000+\""),
        Case("count, minimum", values => values.Set(Count, 0), "0"),
        Case("count, maximum", values => values.Set(Count, 10), "10"),
        Case("version", values => values.Set(Version, "1.2.3-rc.1"), "\"1.2.3-rc.1\""),
        Case(
            "date with an offset and a fraction",
            values => values.Set(Date, new DateTimeOffset(2026, 5, 18, 14, 0, 0, 999, TimeSpan.FromHours(2))),
            "\"2026-05-18T12:00:00Z\""),
        Case("date at the end of time", values => values.Set(Date, DateTimeOffset.MaxValue), "\"9999-12-31T23:59:59Z\""),
        Case("text", values => values.Set(Text, "abcde"), "\"abcde\""),
        Case("set, a word twice", values => values.Set(Set, ["bambu", "prusa", "bambu"]), "[\"bambu\",\"prusa\"]"),
        Case("set, empty", values => values.Set(Set, []), "[]"),
        Case("counts", values => values.Set(Counts, [new("prusa", 10)]), "{\"prusa\":10}"),
        Case("counts, a word twice: the last", values => values.Set(Counts, [new("prusa", 1), new("prusa", 2)]), "{\"prusa\":2}"),
        Case("versions", values => values.Set(Versions, [new("svg", "1.2")]), "{\"svg\":\"1.2\"}"),
    ];

    private static IEnumerable<TestCaseData> Dropped =>
    [
        Case("word", values => values.Set(Word, "nightly")),
        Case("word in other letters", values => values.Set(Word, "Beta")),
        Case("word with a blank", values => values.Set(Word, "beta ")),
        Case("word, empty", values => values.Set(Word, "")),
        Case("bucket below the first bound", values => values.Set(Bucket, 9)),
        Case("bucket of a negative number", values => values.Set(Bucket, long.MinValue)),
        Case("count below", values => values.Set(Count, -1)),
        Case("count above", values => values.Set(Count, 11)),
        Case("version of two parts", values => values.Set(Version, "1.2")),
        Case("version with a line break", values => values.Set(Version, "1.2.3\n")),
        Case("version in other digits", values => values.Set(Version, "1.2.٣")),
        Case("text outside its pattern", values => values.Set(Text, "ab1")),
        Case("text with a line break", values => values.Set(Text, "abc\n")),
        Case("text that is too long", values => values.Set(Text, "abcdef")),
        Case("text of ten megabytes", values => values.Set(Text, new string('a', 10_000_000))),
    ];

    private static IEnumerable<TestCaseData> Nothing =>
    [
        Case("flag", values => values.Set(Flag, null)),
        Case("word", values => values.Set(Word, null)),
        Case("bucket", values => values.Set(Bucket, null)),
        Case("count", values => values.Set(Count, null)),
        Case("version", values => values.Set(Version, null)),
        Case("date", values => values.Set(Date, null)),
        Case("text", values => values.Set(Text, null)),
        Case("set", values => values.Set(Set, null)),
        Case("counts", values => values.Set(Counts, null)),
        Case("versions", values => values.Set(Versions, null)),
    ];

    [TestCaseSource(nameof(Kept))]
    public void Set_ValueAsDeclared_IsKept(Action<UsageValues> set, string json)
    {
        (IReadOnlyDictionary<string, JsonNode> values, IReadOnlyCollection<string> dropped) = After(set);

        Assert.That(Json(values.Single().Value), Is.EqualTo(json));
        Assert.That(dropped, Is.Empty);
    }

    [TestCaseSource(nameof(Dropped))]
    public void Set_ValueOutsideItsDeclaration_IsDroppedAndCounted(Action<UsageValues> set)
    {
        (IReadOnlyDictionary<string, JsonNode> values, IReadOnlyCollection<string> dropped) = After(set);

        Assert.That(values, Is.Empty);
        Assert.That(dropped, Has.Count.EqualTo(1));
    }

    [TestCaseSource(nameof(Nothing))]
    public void Set_Null_IsNothingToReport(Action<UsageValues> set)
    {
        (IReadOnlyDictionary<string, JsonNode> values, IReadOnlyCollection<string> dropped) = After(set);

        Assert.That(values, Is.Empty);
        Assert.That(dropped, Is.Empty);
    }

    [Test, Property("Case", 119)]
    public void Set_EntriesOutsideTheirDeclaration_CostOnlyThemselves()
    {
        (IReadOnlyDictionary<string, JsonNode> values, IReadOnlyCollection<string> dropped) = After(v =>
        {
            v.Set(Set, [.. Surprises!, "prusa"]);
            v.Set(Counts, [new(null!, 1), new("klipper", 1), new("prusa", 0), new("bambu", 3)]);
            v.Set(Versions, [new("svg", null!), new("console", "1.2.3.4"), new("svg", "v1"), new("other", "1.0")]);
        });

        Assert.That(
            values.Select(pair => Json(pair.Value)),
            Is.EqualTo(new[] { "[\"prusa\"]", "{\"bambu\":3}", "{\"console\":\"1.2.3.4\"}" }));
        Assert.That(dropped, Is.EquivalentTo(new[] { "set", "counts", "versions" }));
    }

    [Test]
    public void Set_MoreThan512Entries_TheRestIsDroppedAndAnEndlessSourceIsLeft()
    {
        string[] words = [.. Enumerable.Range(0, 600).Select(i => $"w{i}")];
        SetField set = UsageField.Set("set", "Set", "Why.", Vocabulary.Of(words));
        CountsField counts = UsageField.Counts("counts", "Counts", "Why.", Vocabulary.Of(words), 0, 1_000);
        UsageValues values = new([set, counts]);

        values.Set(set, words);
        values.Set(counts, Endless());
        (IReadOnlyDictionary<string, JsonNode> taken, IReadOnlyCollection<string> dropped) = values.Close();

        Assert.That(taken["set"].AsArray(), Has.Count.EqualTo(512));
        Assert.That(taken["counts"].AsObject(), Has.Count.EqualTo(512));
        Assert.That(dropped, Is.EquivalentTo(new[] { "set", "counts" }));

        IEnumerable<KeyValuePair<string, long>> Endless()
        {
            for (int i = 0; ; i++)
            {
                yield return new KeyValuePair<string, long>(words[i % words.Length], i % 1_000);
            }
        }
    }

    [Test, Property("Case", 119)]
    public void Set_WordsThatTheVocabularyDoesNotHold_AreNotRemembered()
    {
        UsageValues values = new(Fields);
        List<WeakReference> words = [];

        values.Set(Set, Unknown());

        Assert.That(words.Count(word => word.IsAlive), Is.LessThan(10));

        IEnumerable<string> Unknown()
        {
            for (int i = 0; i < 1_000; i++)
            {
                string word = new('x', 100 + i);
                words.Add(new WeakReference(word));
                yield return word;
            }

            GC.Collect();
        }
    }

    [Test]
    public void Set_Exactly512Entries_DropsNothing()
    {
        string[] words = [.. Enumerable.Range(0, 512).Select(i => $"w{i}")];
        SetField set = UsageField.Set("set", "Set", "Why.", Vocabulary.Of(words));
        UsageValues values = new([set]);

        values.Set(set, words);

        Assert.That(values.Close().Dropped, Is.Empty);
    }

    [Test]
    public void Set_Twice_TheLastCounts()
    {
        (IReadOnlyDictionary<string, JsonNode> values, _) = After(v =>
        {
            v.Set(Word, "stable");
            v.Set(Word, "beta");
            v.Set(Flag, true);
            v.Set(Flag, null);
            v.Set(Count, 1);
            v.Set(Count, 11);
        });

        Assert.That(values.Select(pair => $"{pair.Key} {pair.Value}"), Is.EqualTo(new[] { "word beta" }));
    }

    [Test, Property("Case", 119)]
    public void Set_CollectionChangedAfterwards_ChangesNothing()
    {
        List<string> words = ["prusa"];
        Dictionary<string, long> counts = new() { ["prusa"] = 1 };
        UsageValues values = new(Fields);
        values.Set(Set, words);
        values.Set(Counts, counts);

        words.Add("bambu");
        counts["prusa"] = 2;

        Assert.That(
            values.Close().Values.Select(pair => Json(pair.Value)),
            Is.EqualTo(new[] { "[\"prusa\"]", "{\"prusa\":1}" }));
    }

    [Test]
    public void Set_FieldThatIsNotDeclared_Throws()
    {
        UsageValues values = new([Flag]);

        Assert.That(
            () => values.Set(Word, "beta"),
            Throws.ArgumentException.With.Message.StartsWith("The collector sets \"word\", which it does not declare."));
        Assert.That(
            () => values.Set(UsageField.Flag("flag", "Another", "Why."), true),
            Throws.ArgumentException);
        Assert.That(() => values.Set((FlagField)null!, true), Throws.ArgumentNullException);
    }

    [Test]
    public void Set_EqualDeclaration_IsTheSameField()
    {
        UsageValues values = new([Flag]);

        values.Set(UsageField.Flag("flag", "Flag", "Why."), true);

        Assert.That(values.Close().Values, Has.Count.EqualTo(1));
    }

    [Test]
    public void Set_AfterClose_ChangesNothing()
    {
        UsageValues values = new(Fields);
        values.Set(Word, "beta");
        (IReadOnlyDictionary<string, JsonNode> taken, IReadOnlyCollection<string> dropped) = values.Close();

        values.Set(Word, "stable");
        values.Set(Flag, true);
        values.Set(Count, 11);
        values.Set(Set, ["klipper"]);

        Assert.That(taken.Select(pair => $"{pair.Key} {pair.Value}"), Is.EqualTo(new[] { "word beta" }));
        Assert.That(dropped, Is.Empty);
    }

    [Test]
    public void Set_ClosedWhileAnEndlessSourceIsRead_LeavesIt()
    {
        UsageValues values = new(Fields);
        IReadOnlyCollection<string> dropped = [];

        values.Set(Set, UnknownWords());

        Assert.That(dropped, Is.Empty);

        IEnumerable<string> UnknownWords()
        {
            (_, dropped) = values.Close();
            for (int i = 0; ; i++)
            {
                Assert.That(i, Is.LessThan(100), "It is read although nothing is taken any more.");
                yield return $"unknown{i}";
            }
        }
    }

    [Test, Property("Case", 119)]
    public void Set_FromAThousandThreads_LosesNothing()
    {
        CountField[] fields = [.. Enumerable.Range(0, 1_000).Select(i => UsageField.Count($"c{i}", "C", "Why.", 0, 1_000))];
        UsageValues values = new(fields);

        Parallel.For(0, fields.Length, i => values.Set(fields[i], i));

        Assert.That(values.Close().Values, Has.Count.EqualTo(1_000));
    }

    private static string Json(JsonNode value) => Encoding.UTF8.GetString(ReportJson.Write(value));

    private static TestCaseData Case(string name, Action<UsageValues> set) => new TestCaseData(set).SetArgDisplayNames(name);

    private static TestCaseData Case(string name, Action<UsageValues> set, string json) =>
        new TestCaseData(set, json).SetArgDisplayNames(name, json);

    private static (IReadOnlyDictionary<string, JsonNode> Values, IReadOnlyCollection<string> Dropped) After(Action<UsageValues> set)
    {
        UsageValues values = new(Fields);
        set(values);
        return values.Close();
    }
}
