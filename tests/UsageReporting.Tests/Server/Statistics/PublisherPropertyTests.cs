using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Statistics;

/// <summary>
/// Whatever installations there are: from all that is published of a window nobody can compute a number that is hidden.
/// </summary>
public sealed class PublisherPropertyTests
{
    private const string NotReported = FieldRollup.NotReported;

    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Words = ["a", "b", "c", "d", "other"];

    private static readonly ReportSchema Schema = ReportSchema.Create(
        new SchemaHeader { Product = "paperless-ngx" },
        [
            UsageField.Word("word", "Word", "A word, one of which is called other.", [.. Words]),
            UsageField.Flag("flag", "Flag", "A flag."),
            UsageField.Bucket("bucket", "Bucket", "A bucket.", [0, 10, 100, 1_000]),
            UsageField.Set("set", "Set", "Several words.", [.. Words]),
            UsageField.Counts("counts", "Counts", "Numbers of words.", [.. Words], 0, 10),
            UsageField.Count("count", "Count", "A number.", 0, 10),
            UsageField.Text("secret", "Secret", "Not for the public.", "[a-z]*", 8) with { Publish = false },
        ]);

    [Test]
    public void Publish_AnyInstallations_DeterminesNoHiddenCell() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(Arb.From(Installations), installations =>
        {
            foreach (WindowKind kind in Enum.GetValues<WindowKind>())
            {
                UsageWindow window = UsageWindow.Of(kind, Monday);
                AssertHidden(installations, Publisher.Publish(Schema, TestStored.RollUp(Schema, window, installations)));
            }
        }));

    // The test itself must notice what it is for.
    [Test]
    public void Determines_OneHiddenValue_IsComputedFromTheTotal()
    {
        LinearSystem known = new();
        known.Know("a", "b", "c");
        known.Know("a");
        Assert.That(known.Determines("b"), Is.False);
        known.Know("b");
        Assert.That(known.Determines("c"), Is.True);
        Assert.That(known.Determines("d"), Is.False);
    }

    private static Gen<StoredReport[]> Installations =>
        from count in Gen.Choose(0, 80)
        from weights in Gen.Choose(0, 100).ListOf(5)
        from silent in Gen.Choose(0, 20)
        from reports in Report([.. weights], silent).ListOf(count)
        select reports.Index().Select(r => { r.Item.Id = new Guid(r.Index, 0, 0, new byte[8]); return r.Item; }).ToArray();

    private static Gen<StoredReport> Report(int[] weights, int silent) =>
        from values in Gen.Choose(0, 99).ListOf(10)
        select Make([.. values], weights, silent);

    // Skewed, so that large, small and missing cells come together in every way.
    private static StoredReport Make(int[] random, int[] weights, int silent)
    {
        int Pick(int i) => weights.Index().Select(w => (random[i] * (w.Item + 1) % 101, w.Index)).Max().Index;
        bool IsThere(int i) => random[i] >= silent;
        List<(string, object)> values = [];
        if (IsThere(0))
        {
            values.Add(("word", Words[Pick(0)]));
        }

        if (IsThere(1))
        {
            values.Add(("flag", random[1] < weights[0]));
        }

        if (IsThere(2))
        {
            values.Add(("bucket", new[] { "0-9", "10-99", "100-999", "1000+" }[Pick(2) % 4]));
        }

        if (IsThere(3))
        {
            values.Add(("set", Words.Where((_, w) => (random[3] * (w + 3) % 100) < weights[w]).ToArray()));
        }

        if (IsThere(4))
        {
            values.Add(("counts", Words.Where((_, w) => (random[4] * (w + 7) % 100) < weights[w]).Select(w => (w, random[5] % 11)).ToArray()));
        }

        if (IsThere(6))
        {
            values.Add(("count", random[6] % 11));
        }

        values.Add(("secret", "s"));
        StoredReport report = TestStored.Of(Schema, Monday.AddHours(random[7]), null, [.. values]);
        report.FirstSeen = DateOnly.FromDateTime(Monday.UtcDateTime).AddDays(random[8] < weights[1] ? 0 : -random[9]);
        return report;
    }

    private static void AssertHidden(StoredReport[] installations, PublishedWindow window)
    {
        int n = installations.Length;
        LinearSystem known = new();
        Dictionary<string, long> cells = [];
        foreach (string field in new[] { "word", "flag", "bucket", Rollup.New, Rollup.FirstSeen })
        {
            KnowValues(installations, window, field, known, cells);
        }

        KnowWords(installations, window, "set", 3, known, cells);
        KnowWords(installations, window, "counts", 4, known, cells);
        KnowNumbers(installations, window, known, cells);
        if (window.New is { } news)
        {
            string cell = window.Window.Kind == WindowKind.Week ? $"{Rollup.New}=true" : $"{Rollup.FirstSeen}={window.Window}";
            known.Know(cell);
            Assert.That(news, Is.EqualTo(cells.GetValueOrDefault(cell)));
        }

        foreach ((string cell, long installs) in cells.Where(cell => cell.Value is > 0 and < 10))
        {
            Assert.That(known.Determines(cell), Is.False, () => $"{cell} is {installs} of {n}: {Text(window)}");
        }

        Assert.That(Text(window), Does.Not.Contain("secret"));
    }

    // What a reader learns from the documents themselves, and the true cells for comparison.
    private static void KnowValues(
        StoredReport[] installations, PublishedWindow window, string field, LinearSystem known, Dictionary<string, long> cells)
    {
        Dictionary<string, long> truth = installations.CountBy(r => ValueOf(r, window, field)).ToDictionary(c => c.Key, c => (long)c.Value);
        if (field == (window.Window.Kind == WindowKind.Week ? Rollup.FirstSeen : Rollup.New))
        {
            return;
        }

        foreach ((string value, long installs) in truth)
        {
            cells[$"{field}={value}"] = installs;
        }

        Dictionary<string, long> shown = Published(window, field);
        string[] all = [.. truth.Keys.Select(value => $"{field}={value}")];
        if (window.Installs is not null)
        {
            known.Know(all);
        }

        bool isFolded = shown.Values.Sum() == installations.Length
            && shown.TryGetValue("other", out long other) && other != truth.GetValueOrDefault("other");
        string[] visible = [.. shown.Keys.Where(value => !(isFolded && value == "other"))];
        foreach (string value in visible)
        {
            Assert.That(shown[value], Is.GreaterThanOrEqualTo(10).And.EqualTo(truth[value]), $"{field}={value}");
            known.Know($"{field}={value}");
        }

        if (isFolded)
        {
            string[] hidden = [.. truth.Keys.Except(visible)];
            Assert.That(hidden, Has.Length.AtLeast(2), $"{field}: {Text(window)}");
            Assert.That(shown["other"], Is.AtLeast(10).And.EqualTo(hidden.Sum(value => truth[value])));
            known.Know(hidden.Select(value => $"{field}={value}"));
            // Whatever is in it, and however large, is not to be known.
            Assert.That(hidden.Where(value => known.Determines($"{field}={value}")), Is.Empty);
        }
    }

    private static void KnowWords(
        StoredReport[] installations, PublishedWindow window, string field, int place, LinearSystem known, Dictionary<string, long> cells)
    {
        bool Has(StoredReport report, string word) => report.Entries.Any(e => e.Field == place && e.Word == word);
        long silent = installations.LongCount(report => report.Entries.All(e => e.Field != place));
        string notReported = $"{field}: {NotReported}";
        cells[notReported] = silent;
        Dictionary<string, long> shown = Published(window, field);
        foreach (string word in Words)
        {
            long having = installations.LongCount(report => Has(report, word));
            cells[$"{field} with {word}"] = having;
            cells[$"{field} without {word}"] = installations.Length - silent - having;
            if (window.Installs is not null)
            {
                string[] all = [$"{field} with {word}", $"{field} without {word}", notReported];
                known.Know(silent == 0 ? all[..2] : all);
            }

            if (shown.TryGetValue(word, out long said))
            {
                Assert.That(said, Is.GreaterThanOrEqualTo(10).And.EqualTo(having));
                known.Know($"{field} with {word}");
            }
        }

        if (shown.TryGetValue(NotReported, out long missing))
        {
            Assert.That(missing, Is.GreaterThanOrEqualTo(10).And.EqualTo(silent));
            known.Know(notReported);
        }
    }

    private static void KnowNumbers(
        StoredReport[] installations, PublishedWindow window, LinearSystem known, Dictionary<string, long> cells)
    {
        long having = installations.LongCount(report => report.Number(5) is not null);
        cells["count"] = having;
        cells["no count"] = installations.Length - having;
        if (window.Installs is not null)
        {
            known.Know("count", "no count");
        }

        foreach (Quartiles quartiles in window.Find("count")?.Quartiles ?? [])
        {
            Assert.That(quartiles.Installs, Is.EqualTo(having).And.AtLeast(40));
            known.Know("count");
        }
    }

    private static string ValueOf(StoredReport report, PublishedWindow window, string field) => field switch
    {
        Rollup.New => window.Window.Contains(report.FirstSeen!.Value) ? "true" : "false",
        Rollup.FirstSeen => UsageWindow.Of(WindowKind.Month, report.FirstSeen!.Value).ToString(),
        _ => report.Text(Schema.Fields.ToList().FindIndex(f => f.Name == field)) ?? NotReported,
    };

    // From JSON and CSV, of the summary and of the series: they must say the same.
    private static Dictionary<string, long> Published(PublishedWindow window, string field)
    {
        Series series = new("paperless-ngx", field, window.Window.Kind, Monday, [window]);
        Dictionary<string, long> values = [];
        using (JsonDocument json = JsonDocument.Parse(StatisticsJson.Write(series)))
        {
            foreach (JsonProperty value in json.RootElement.GetProperty("series")[0].GetProperty("values").EnumerateObject())
            {
                values.Add(value.Name, value.Value.GetInt64());
            }
        }

        string csv = Encoding.UTF8.GetString(StatisticsCsv.Write(series));
        Assert.That(
            csv, Is.EqualTo("window,value,installs\r\n" + string.Concat(values.Select(v => $"{window.Window},{v.Key},{v.Value}\r\n"))));
        if (!field.StartsWith('_'))
        {
            using JsonDocument summary = JsonDocument.Parse(Text(window));
            Dictionary<string, long> same = !summary.RootElement.GetProperty("fields").TryGetProperty(field, out JsonElement cells)
                ? []
                : cells.EnumerateArray().ToDictionary(c => c.GetProperty("value").GetString()!, c => c.GetProperty("installs").GetInt64());
            Assert.That(same, Is.EqualTo(values));
        }

        return values;
    }

    private static string Text(PublishedWindow window) => Encoding.UTF8.GetString(
        StatisticsJson.Write(new Summary("paperless-ngx", Monday, window, null, window, null, null)));
}
