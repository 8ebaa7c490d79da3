using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using UsageReporting.Server.Rollups;
using UsageReporting.Tests.Server.Statistics;

namespace UsageReporting.Tests.Server.Rollups;

public sealed class PairFoldingTests
{
    private const int MostHidden = 11;

    // All rows are written as numbers of the columns a, b and so on.
    [TestCase("20 30 / 40 50", "20 30 / 40 50")]
    [TestCase("20 30 / 40 0", "20 30 / 40 0")]
    // One hidden cell is what is missing to its row, and two in a row are what is missing to their columns.
    [TestCase("3 500 / 25 300 / 100 0", "- - / - - / 100 0")]
    // Three and seven make ten in each row and column.
    [TestCase("3 7 40 / 7 3 40 / 40 40 40", "- - 40 / - - 40 / 40 40 40")]
    // Here not even all that is hidden would hide the three: whoever knows which cells there are computes it from the totals.
    [TestCase("3 17 / 20 0", "- - / - -")]
    [TestCase("3 0 0 / 0 20 30 / 0 40 50", "- - - / - - - / - - -")]
    [TestCase("", "")]
    public void Of_Table_HidesWhatTheTotalsWouldTell(string table, string expected) =>
        Assert.That(Text(table, PairFolding.Of(Cells(table))), Is.EqualTo(expected));

    [Test]
    public void Of_TooManyCells_SaysNothing()
    {
        PairCell[] cells = [.. Enumerable.Range(0, 2_001).Select(i => new PairCell($"{i}", "a", 10))];

        Assert.That(PairFolding.Of(cells[1..]), Has.Count.EqualTo(2_000));
        Assert.That(PairFolding.Of(cells), Is.Empty);
    }

    // Whoever knows all totals, and which cells there are, computes no sum of hidden cells that is below ten, of one or of any.
    [Test]
    public void Of_AnyTable_LetsNobodyComputeASumBelowTen() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3_000),
        Prop.ForAll(
            Arb.From(
                from rows in Gen.Choose(1, 4)
                from columns in Gen.Choose(1, 4)
                from numbers in Gen.OneOf(Gen.Choose(0, 12), Gen.Choose(10, 60), Gen.Choose(-30, 9)).ListOf(rows * columns)
                select string.Join(" / ", numbers.Select(number => Math.Max(0, number)).Chunk(columns).Select(row => string.Join(' ', row)))),
            table =>
            {
                PairCell[] all = Cells(table);
                IReadOnlyList<PairCell> told = PairFolding.Of(all);
                PairCell[] hidden = [.. all.Except(told)];
                Assert.That(told, Is.SubsetOf(all));
                Assert.That(told.Select(cell => cell.Installs), Is.All.AtLeast(10));
                if (told.Count > 0 && hidden.Length <= MostHidden)
                {
                    AssertHidden(table, told, hidden);
                }
            }));

    private static void AssertHidden(string table, IReadOnlyList<PairCell> told, PairCell[] hidden)
    {
        LinearSystem known = new();
        PairCell[] all = [.. told, .. hidden];
        foreach (IEnumerable<PairCell> sum in all.GroupBy(cell => cell.Row).Concat(all.GroupBy(cell => cell.Column)))
        {
            known.Know(sum.Select(Name));
        }

        foreach (PairCell cell in told)
        {
            known.Know(Name(cell));
        }

        for (int some = 1; some < 1 << hidden.Length; some++)
        {
            PairCell[] cells = [.. hidden.Where((_, i) => (some >> i & 1) == 1)];
            if (cells.Sum(cell => cell.Installs) < 10)
            {
                Assert.That(known.Determines(cells.Select(Name)), Is.False, () => $"{table}: {string.Join(", ", cells)}");
            }
        }
    }

    private static string Name(PairCell cell) => $"{cell.Row} {cell.Column}";

    private static PairCell[] Cells(string table) =>
    [
        .. table.Split(" / ").Index()
            .SelectMany(row => row.Item.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index().Select(cell => new PairCell(
                $"{row.Index}", $"{(char)('a' + cell.Index)}", long.Parse(cell.Item, CultureInfo.InvariantCulture))))
            .Where(cell => cell.Installs > 0)
            .OrderBy(cell => cell.Installs),
    ];

    private static string Text(string table, IReadOnlyList<PairCell> told) => string.Join(" / ", table.Split(" / ").Index().Select(
        row => string.Join(' ', row.Item.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index().Select(
            cell => cell.Item == "0" && told.Count > 0 || told.Contains(new PairCell(
                $"{row.Index}", $"{(char)('a' + cell.Index)}", long.Parse(cell.Item, CultureInfo.InvariantCulture)))
                ? cell.Item
                : "-"))));
}
