using System.Collections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

/// <summary>
/// Collectors that do what no collector should, beside a good one, as a host adds them: each costs its own fields only,
/// and the preview says so.
/// </summary>
public sealed class HostileCollectorTests
{
    private const string Canary = "/srv/alice/canary";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly string Long = new('a', 10_000_000);

    private static readonly FlagField Flag = UsageField.Flag("flag", "A flag", "Why.");
    private static readonly WordField Word = UsageField.Word("word", "A word", "Why.", ["stable", "beta"]);
    private static readonly BucketField Bucket = UsageField.Bucket("bucket", "A bucket", "Why.", [0, 10, 100]);
    private static readonly CountField Count = UsageField.Count("count", "A count", "Why.", 1, 10);
    private static readonly VersionField Version = UsageField.Version("some_version", "A version", "Why.");
    private static readonly DateField Date = UsageField.Date("date", "A date", "Why.");
    private static readonly TextField Text = UsageField.Text("text", "A text", "Why.", "[a-z0-9_]+", maxLength: 20);
    private static readonly SetField Set = UsageField.Set("set", "A set", "Why.", ["prusa", "bambu"]);
    private static readonly CountsField Counts = UsageField.Counts("counts", "Some counts", "Why.", ["prusa", "bambu"], 1, 10);
    private static readonly VersionsField Versions = UsageField.Versions("versions", "Some versions", "Why.", ["svg", "pdf"]);

    // What never ends in a test ends after the last.
    private static readonly ManualResetEventSlim End = new();

    // Not constants, which would not compile.
    private static double NotANumber { get; } = double.NaN;

    private static double Infinity { get; } = double.PositiveInfinity;

    private readonly ScriptedSink _sink = new();
    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _time = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _time = new ManualTimeProvider();
        _sink.Deliveries.Clear();
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [OneTimeTearDown]
    public void LetGo() => End.Set();

    private static IEnumerable<TestCaseData> Failing =>
    [
        Case("throws", Date, _ => throw new InvalidOperationException(Canary)),
        Case("throws after it has set a value", Flag, values =>
        {
            values.Set(Flag, true);
            throw new InvalidOperationException(Canary);
        }),
        Case("runs out of memory", Count, values => values.Set(Count, new long[Array.MaxLength + 1L].Length)),
        Case("throws what cannot be written", Flag, _ => throw new Unspeakable()),
        Case("sets what it does not declare", Flag, values => values.Set(Word, "beta")),
        Case("sets no field at all", Flag, values => values.Set((FlagField)null!, true)),
        Case("a sequence that throws", Set, values => values.Set(Set, Throwing())),
        Case("a NaN for a whole number", Count, values => values.Set(Count, checked((long)NotANumber))),
    ];

    [TestCaseSource(nameof(Failing)), Property("Case", 119)]
    public async Task ReportAsync_CollectorThatFails_CostsItsFieldsAndThePreviewSaysSo(UsageField field, Action<UsageValues> collect)
    {
        ReportPreview preview = await PreviewAsync(field, collect);

        AssertLeftOut(preview, field, "could not be read");
    }

    private static IEnumerable<TestCaseData> Nonsense =>
    [
        Case("10 MB of a word", Word, values => values.Set(Word, Long)),
        Case("10 MB of a version", Version, values => values.Set(Version, string.Concat(Enumerable.Repeat("1.", 5_000_000)) + "1")),
        Case("10 MB of a text", Text, values => values.Set(Text, Long)),
        Case("10 MB in a set", Set, values => values.Set(Set, [Long])),
        Case("10 MB in counts", Counts, values => values.Set(Counts, [new(Long, 1)])),
        Case("10 MB in versions", Versions, values => values.Set(Versions, [new(Long, "1.0"), new("svg", Long)])),
        Case("NaN as a text", Version, values => values.Set(Version, $"{double.NaN}")),
        Case("NaN among counts", Counts, values => values.Set(Counts, [new("prusa", (long)NotANumber)])),
        Case("infinity as a count", Count, values => values.Set(Count, (long)Infinity)),
        Case("the smallest number", Bucket, values => values.Set(Bucket, long.MinValue)),
        Case("a mail address", Text, values => values.Set(Text, "alice@example.org")),
        Case("a folder", Text, values => values.Set(Text, "/srv/alice/library")),
        Case("a telephone number", Text, values => values.Set(Text, "+49 30 901820")),
        Case("an address", Version, values => values.Set(Version, "192.168.0.1.5")),
        Case("a host's name for a word", Word, values => values.Set(Word, "alices-laptop")),
        Case("a name in a set", Set, values => values.Set(Set, ["Alice's printer"])),
        Case("a name among versions", Versions, values => values.Set(Versions, [new("alices-plugin", "1.0")])),
        Case("half a character", Text, values => values.Set(Text, "abc\ud83e")),
        Case("an escape sequence", Text, values => values.Set(Text, "\u001b[2J")),
        Case("a line break and a forged row", Text, values => values.Set(Text, "a\nInstallation ID : 0")),
    ];

    [TestCaseSource(nameof(Nonsense)), Property("Case", 119)]
    public async Task ReportAsync_ValueThatIsNonsense_CostsItsFieldAndThePreviewSaysSo(UsageField field, Action<UsageValues> collect)
    {
        ReportPreview preview = await PreviewAsync(field, collect);

        AssertLeftOut(preview, field, "not as declared");
    }

    private static IEnumerable<TestCaseData> Endless =>
    [
        Case("does nothing for ever", Flag, _ => End.Wait(CancellationToken.None)),
        Case("the same word for ever", Set, values => values.Set(Set, Forever("prusa"))),
        Case("other words for ever", Set, values => values.Set(Set, Forever("klipper"))),
        Case("other counts for ever", Counts, values =>
            values.Set(Counts, Forever("klipper").Select(word => KeyValuePair.Create(word, 1L)))),
        Case("a sequence of itself", Set, values => values.Set(Set, new Recursive())),
    ];

    [TestCaseSource(nameof(Endless)), Property("Case", 119)]
    public async Task ReportAsync_CollectorWithoutAnEnd_CostsItsFieldsAndThePreviewSaysSo(UsageField field, Action<UsageValues> collect)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<ReportPreview> previewing = PreviewAsync(field, values =>
        {
            started.SetResult();
            collect(values);
        });
        await started.Task.WaitAsync(Bound);
        _time.Advance(TimeSpan.FromSeconds(5));

        AssertLeftOut(await previewing.WaitAsync(Bound), field, "took too long");
    }

    [Test, Property("Case", 119)]
    public async Task ReportAsync_ValuesOfNull_AreNothingToReport()
    {
        ReportPreview preview = await PreviewAsync(Flag, values => values.Set(Flag, null));

        Assert.That(preview.LeftOut, Is.Empty);
        Assert.That(preview.Json, Does.EndWith(""","good":true}"""));
    }

    [Test, Property("Case", 119)]
    public async Task ReportAsync_CollectorThatReturnsNoneAtAll_CostsItsFields()
    {
        using TestClient client = Client([Flag], _ => { }, builder => builder.AddCollector<Missing>());
        ScriptedPrompt prompt = new(ConsentAnswer.No);

        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Single().LeftOut.Select(left => left.Field.Name), Is.EqualTo(new[] { "missing" }));
    }

    [Test, Property("Case", 119)]
    public async Task ReportAsync_WhatACollectorChangesAfterwards_IsNotInTheReport()
    {
        List<string> words = ["prusa"];
        UsageValues? kept = null;
        using TestClient client = Client([Set, Flag], values =>
        {
            kept = values;
            values.Set(Set, words);
        });
        ScriptedPrompt prompt = new((_, _) =>
        {
            words.Add("bambu");
            kept!.Set(Set, words);
            kept.Set(Flag, true);
            return ConsentAnswer.Yes;
        });

        await client.Reporter.ReportAsync(prompt);

        Assert.That(_sink.Reports.Single(), Is.EqualTo(prompt.Seen.Single().Json));
        Assert.That(_sink.Reports.Single(), Does.EndWith(""","set":["prusa"],"good":true}"""));
    }

    [Test, Property("Case", 119)]
    public async Task ReportAsync_AsManyCollectorsAsThereMayBeFields_EachCostsItsOwnField()
    {
        FlagField[] fields = [.. Enumerable.Range(0, 255).Select(i => UsageField.Flag($"f{i}", $"F{i}", "Why."))];
        using TestClient client = Client([fields[0]], values => values.Set(fields[0], true), builder =>
        {
            foreach (FlagField field in fields[1..254])
            {
                bool fails = field.Name.EndsWith('7');
                builder.AddCollector([field], (_, values, _) =>
                {
                    values.Set(field, true);
                    return fails ? throw new InvalidOperationException(Canary) : ValueTask.CompletedTask;
                });
            }
        });
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        Assert.That(await client.Reporter.ReportAsync(prompt), Is.EqualTo(new ReportOutcome.Sent()));
        Assert.That(
            prompt.Seen.Single().LeftOut.Select(left => left.Field.Name),
            Is.EqualTo(fields[..254].Select(field => field.Name).Where(name => name.EndsWith('7'))));
        Assert.That(client.Log.Lines.Where(line => line.Contains(Canary, StringComparison.Ordinal)), Is.Empty);
    }

    [Test, Property("Case", 119)]
    public void Reporter_AThousandCollectors_IsTheDevelopersMistakeAtTheStart()
    {
        using TestClient client = Client([Flag], _ => { }, builder =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                builder.AddCollector([UsageField.Flag($"f{i}", $"F{i}", "Why.")], (_, _, _) => throw new InvalidOperationException());
            }
        });

        Assert.That(
            () => client.Reporter,
            Throws.InstanceOf<OptionsValidationException>().With.Message.EqualTo("fields: there must be 1 to 256."));
    }

    [Test, Property("Case", 119)]
    public async Task ReportAsync_RequiredFieldWhoseCollectorFails_StopsTheReport()
    {
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);
        using TestClient client = Client([Flag with { Required = true }], _ => throw new InvalidOperationException(Canary));

        ReportOutcome outcome = await client.Reporter.ReportAsync(prompt);

        Assert.That(
            client.Reporter.Describe(outcome), Is.EqualTo(new[] { "Could not complete the report: A flag is missing. Nothing sent." }));
        Assert.That((prompt.Seen, _sink.Deliveries), Is.EqualTo((new List<ReportPreview>(), new List<ReportDelivery>())));
    }

    private static TestCaseData Case(string name, UsageField field, Action<UsageValues> collect) =>
        new TestCaseData(field, collect).SetArgDisplayNames(name);

    private static IEnumerable<string> Throwing()
    {
        yield return "prusa";
        throw new InvalidOperationException(Canary);
    }

    private static IEnumerable<string> Forever(string word)
    {
        for (int i = 0; ; i++)
        {
            yield return word is "prusa" ? word : $"{word}{i}";
        }
    }

    private static void AssertLeftOut(ReportPreview preview, UsageField field, string reason)
    {
        Assert.That(preview.Json, Does.Match("""\A\{"uuid":"[^"]+","good":true\}\z"""));
        Assert.That(
            preview.ToText().ReplaceLineEndings(" "), Does.Contain($" Left out: {field.Label} ({reason}) "));
    }

    private async Task<ReportPreview> PreviewAsync(UsageField field, Action<UsageValues> collect)
    {
        using TestClient client = Client([field], collect);
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        ReportOutcome outcome = await client.Reporter.ReportAsync(prompt);

        Assert.That(outcome, Is.EqualTo(new ReportOutcome.Sent()));
        Assert.That(_sink.Reports.Single(), Is.EqualTo(prompt.Seen.Single().Json));
        Assert.That(client.Log.Lines.Where(line => line.Contains(Canary, StringComparison.Ordinal)), Is.Empty);
        return prompt.Seen.Single();
    }

    private TestClient Client(
        IReadOnlyList<UsageField> fields, Action<UsageValues> collect, Action<UsageReportingBuilder>? add = null) =>
        new(_folder.Combine("state"), _sink)
        {
            Time = _time,
            Fields = fields,
            Collect = collect,
            Add = builder =>
            {
                add?.Invoke(builder);
                FlagField good = UsageField.Flag("good", "Good", "Why.");
                builder.AddCollector([good], (_, values, _) =>
                {
                    values.Set(good, true);
                    return ValueTask.CompletedTask;
                });
            },
        };

    private sealed class Unspeakable : Exception
    {
        public override string Message => throw new InvalidOperationException(Canary);

        public override string ToString() => throw new InvalidOperationException(Canary);
    }

    // Each entry begins the sequence anew.
    private sealed class Recursive : IEnumerable<string>
    {
        public IEnumerator<string> GetEnumerator()
        {
            while (true)
            {
                yield return GetHashCode().ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    // A constructor's parameter that no host has.
    private sealed class Missing(IFormatProvider nobody) : IUsageCollector, IDeclareUsageFields
    {
        public static IReadOnlyList<UsageField> Fields { get; } = [UsageField.Flag("missing", "Missing", "Why.")];

        public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"{nobody}");
    }
}
