using NUnit.Framework;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Tests.Server.Statistics;

/// <summary>
/// What can be computed from all public answers of a window by somebody who even knows which cells there are: in which values,
/// and pairs of values, there is anybody at all.
/// </summary>
internal sealed class PublicKnowledge
{
    private static readonly string[] OneValue =
        ["word", "flag", "bucket", "version", "text", "date", "first_report", "first_ever", Rollup.New, Rollup.FirstSeen];

    private static readonly string[] SeveralWords = ["set", "counts", "versions"];

    private readonly Sample _sample;
    private readonly UsageWindow _window;
    private readonly StoredReport[] _counted;
    private readonly PublicAnswers _answers;
    private readonly LinearSystem _known = new();

    // Each cell by the cells of which it is the sum: a value of a pair's field is the sum of a row or column.
    private readonly Dictionary<string, (string[] Parts, long Installs)> _cells = [];
    private readonly Dictionary<string, (FieldPair Pair, bool IsRow)> _paired = [];

    public PublicKnowledge(Sample sample, UsageWindow window, PublicAnswers answers)
    {
        _sample = sample;
        _window = window;
        _counted = sample.CountedIn(window.Kind);
        _answers = answers;
    }

    public void AssertNothingHiddenIsKnown()
    {
        Assert.That(_answers.Total, Is.EqualTo(_counted.Length < 10 ? null : _counted.Length));
        int held = _sample.HeldIn(_window.Kind);
        Assert.That(_answers.Held, Is.EqualTo(held is > 0 and < 10 ? (long?)null : held));
        foreach (FieldPair pair in _sample.Schema.Header.Pairs)
        {
            KnowPair(pair);
        }

        foreach (string field in OneValue.Where(IsThere))
        {
            KnowValues(field);
        }

        foreach (string field in SeveralWords)
        {
            KnowWords(field);
        }

        KnowNumbers();
        KnowNew();
        foreach ((string cell, (string[] parts, long installs)) in _cells.Where(cell => cell.Value.Installs is > 0 and < 10))
        {
            Assert.That(_known.Determines(parts), Is.False, () => $"{cell} is {installs} of {_counted.Length}: {_answers.Everything}");
        }

        Assert.That(_answers.Everything, Does.Not.Contain("secret"));
    }

    private bool IsThere(string field) => field switch
    {
        Rollup.New => _window.Kind == WindowKind.Week && _sample.Schema.Header.Identity.Kind == IdentityKind.Stable,
        Rollup.FirstSeen => _window.Kind == WindowKind.Month && _sample.Schema.Header.Identity.Kind == IdentityKind.Stable,
        _ => _sample.Schema.Find(field) is not null,
    };

    // Where nothing is said of a pair, nothing more is known than of each of its fields.
    private void KnowPair(FieldPair pair)
    {
        Dictionary<(string Row, string Column), long> told = _answers.Cells(pair);
        if (told.Count == 0)
        {
            return;
        }

        HashSet<string> rows = [.. _answers.Values(pair.Rows).Keys];
        HashSet<string> columns = [.. _answers.Values(pair.Columns).Keys];
        _paired.Add(pair.Rows, (pair, true));
        _paired.Add(pair.Columns, (pair, false));
        ILookup<(string, string), (string Name, long Installs)> cells = _counted
            .CountBy(report => (Row: ValueOf(report, pair.Rows), Column: ValueOf(report, pair.Columns)))
            .ToLookup(
                cell => (Or(rows, cell.Key.Row), Or(columns, cell.Key.Column)),
                cell => ($"{pair.Name}={cell.Key.Row},{cell.Key.Column}", (long)cell.Value));
        foreach ((string name, long installs) in cells.SelectMany(cell => cell))
        {
            _cells.Add(name, ([name], installs));
        }

        foreach (((string, string) cell, long installs) in told)
        {
            Assert.That(installs, Is.AtLeast(10).And.EqualTo(cells[cell].Sum(c => c.Installs)), () => $"{cell}: {_answers.Text}");
            _known.Know(cells[cell].Select(c => c.Name));
        }
    }

    private void KnowValues(string field)
    {
        Dictionary<string, long> truth = _counted.CountBy(report => ValueOf(report, field)).ToDictionary(c => c.Key, c => (long)c.Value);
        foreach ((string value, long installs) in truth)
        {
            _cells[$"{field}={value}"] = (PartsOf(field, value), installs);
        }

        Dictionary<string, long> shown = _answers.Values(field);
        if (_answers.Total is not null)
        {
            Know(truth.Keys.Select(value => $"{field}={value}"));
        }

        bool isFolded = shown.Values.Sum() == _counted.Length
            && shown.TryGetValue("other", out long other) && other != truth.GetValueOrDefault("other");
        string[] visible = [.. shown.Keys.Where(value => !(isFolded && value == "other"))];
        foreach (string value in visible)
        {
            Assert.That(shown[value], Is.AtLeast(10).And.EqualTo(truth[value]), $"{field}={value}");
            Know([$"{field}={value}"]);
        }

        if (isFolded)
        {
            string[] hidden = [.. truth.Keys.Except(visible)];
            Assert.That(hidden, Has.Length.AtLeast(2), () => $"{field}: {_answers.Text}");
            Assert.That(shown["other"], Is.AtLeast(10).And.EqualTo(hidden.Sum(value => truth[value])));
            Know(hidden.Select(value => $"{field}={value}"));
            // Of a field that stands in no pair nothing is known of any of them, however large.
            Assert.That(
                hidden.Where(value => !_paired.ContainsKey(field) && _known.Determines(_cells[$"{field}={value}"].Parts)), Is.Empty);
        }
    }

    private void KnowWords(string field)
    {
        int place = _sample.PlaceOf(field);
        bool Has(StoredReport report, string word) => report.Entries.Any(e => e.Field == place && e.Word == word);
        long silent = _counted.LongCount(report => report.Entries.All(e => e.Field != place));
        string notReported = Add($"{field}: not reported", silent);
        Dictionary<string, long> shown = _answers.Values(field);
        foreach (string word in AnyInstallations.Words)
        {
            long having = _counted.LongCount(report => Has(report, word));
            string[] all =
            [
                Add($"{field} with {word}", having), Add($"{field} without {word}", _counted.Length - silent - having), notReported,
            ];
            if (_answers.Total is not null)
            {
                Know(silent == 0 ? all[..2] : all);
            }

            if (shown.TryGetValue(word, out long said))
            {
                Assert.That(said, Is.AtLeast(10).And.EqualTo(having));
                Know([all[0]]);
            }

            if (field == "versions")
            {
                KnowVersions(word, having, place, shown.ContainsKey(word));
            }
        }

        if (shown.TryGetValue("not reported", out long missing))
        {
            Assert.That(missing, Is.AtLeast(10).And.EqualTo(silent));
            Know([notReported]);
        }
    }

    private void KnowVersions(string word, long having, int place, bool isWordShown)
    {
        Dictionary<string, long> truth = _counted.SelectMany(report => report.Entries).Where(e => e.Field == place && e.Word == word)
            .CountBy(entry => entry.Version!).ToDictionary(c => c.Key, c => (long)c.Value);
        Dictionary<string, long> shown = _answers.Values($"versions/{word}");
        Assert.That(truth.Values.Sum(), Is.EqualTo(having));
        Assert.That(shown.Count == 0 || isWordShown);
        if (!isWordShown)
        {
            return;
        }

        string[] all = [.. truth.Select(version => Add($"{word} {version.Key}", version.Value))];
        Know(all);
        foreach ((string version, long installs) in shown.Where(version => version.Key != "other"))
        {
            Assert.That(installs, Is.AtLeast(10).And.EqualTo(truth[version]));
            Know([$"{word} {version}"]);
        }

        if (shown.TryGetValue("other", out long other))
        {
            string[] hidden = [.. truth.Keys.Except(shown.Keys).Select(version => $"{word} {version}")];
            Assert.That(hidden, Has.Length.AtLeast(2));
            Assert.That(other, Is.AtLeast(10));
            Know(hidden);
        }
    }

    private void KnowNumbers()
    {
        long having = _counted.LongCount(report => report.Number(_sample.PlaceOf("count")) is not null);
        string[] all = [Add("count", having), Add("no count", _counted.Length - having)];
        if (_answers.Total is not null)
        {
            Know(all);
        }

        foreach (long installs in _answers.Numbers("count"))
        {
            Assert.That(installs, Is.EqualTo(having).And.AtLeast(40));
            Know([all[0]]);
        }
    }

    private void KnowNew()
    {
        if (_answers.New is not { } told)
        {
            return;
        }

        string cell = _sample.Schema.Header.Identity.Kind switch
        {
            IdentityKind.Stable => _window.Kind == WindowKind.Week ? $"{Rollup.New}=true" : $"{Rollup.FirstSeen}={_window}",
            IdentityKind.Rotating => "first_report=true",
            _ => "first_ever=true",
        };
        long installs = _cells.TryGetValue(cell, out (string[] Parts, long Installs) known) ? known.Installs : 0;
        Assert.That(told, Is.EqualTo(installs));
        if (installs > 0)
        {
            Know([cell]);
        }
    }

    private string Add(string cell, long installs)
    {
        _cells[cell] = ([cell], installs);
        return cell;
    }

    private void Know(IEnumerable<string> cells) => _known.Know(cells.SelectMany(cell => _cells[cell].Parts));

    private string[] PartsOf(string field, string value) => _paired.TryGetValue(field, out (FieldPair Pair, bool IsRow) of)
        ? [
            .. _counted.Where(report => ValueOf(report, field) == value)
                .Select(report => $"{of.Pair.Name}={ValueOf(report, of.Pair.Rows)},{ValueOf(report, of.Pair.Columns)}").Distinct(),
        ]
        : [$"{field}={value}"];

    private string ValueOf(StoredReport report, string field) => field switch
    {
        Rollup.New => _window.Contains(report.FirstSeen!.Value) ? "true" : "false",
        Rollup.FirstSeen => UsageWindow.Of(WindowKind.Month, report.FirstSeen!.Value).ToString(),
        "date" => report.Text(_sample.PlaceOf(field))?[..7] ?? "not reported",
        _ => report.Text(_sample.PlaceOf(field)) ?? "not reported",
    };

    private static string Or(HashSet<string> told, string value) => told.Contains(value) ? value : "other";
}
