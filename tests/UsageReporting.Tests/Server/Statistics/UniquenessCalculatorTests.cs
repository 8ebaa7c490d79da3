using NUnit.Framework;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Tests.Server.Statistics;

public sealed class UniquenessCalculatorTests
{
    private static readonly ReportSchema Schema = ReportSchema.Create(
        new SchemaHeader { Product = "told" },
        [
            UsageField.Text("a", "A", "For tests.", "[a-z0-9]*", 20), UsageField.Text("b", "B", "For tests.", "[a-z0-9]*", 20),
            UsageField.Count("c", "C", "For tests.", 0, 100_000), UsageField.Set("d", "D", "For tests.", Vocabulary.Of("x", "y")),
        ]);

    [Test]
    public void Finish_Nobody_FindsNobody()
    {
        Uniqueness found = new UniquenessCalculator(Schema).Finish(isAll: true);

        Assert.That((found.Installs, found.Unique, found.IsAll, found.Sets.Count), Is.EqualTo((0, 0, true, 0)));
    }

    // Two and two of each pair but for one: it is alone wherever its b is.
    [Test]
    public void Finish_OneIsLikeNoOther_NamesTheFieldThatTellsIt()
    {
        Uniqueness found = Of(("1", "1", 1, "x"), ("1", "1", 1, "x"), ("2", "1", 2, "x"), ("2", "1", 2, "x"), ("2", "2", 2, "x"));

        Assert.That(found.Unique, Is.EqualTo(1));
        Assert.That(found.Fields, Is.EqualTo(new[] { "a", "b", "c" }), "Nothing is told by what all have.");
        Assert.That(found.Sets.Select(set => $"{string.Join('+', set.Fields)} {set.Unique}"), Is.EquivalentTo(new[] { "a+b 1", "b+c 1", "a+b+c 1" }));
        Assert.That(found.LeftWithout[0], Is.EqualTo(("b", 0)));
        Assert.That(found.LeftWithout.Skip(1), Is.EquivalentTo(new[] { ("a", 1), ("c", 1) }));
    }

    [Test]
    public void Finish_AloneInOneFieldOrInThreeTogether_AreBothFound()
    {
        // Each two values of three are those of another one, too; all three are nobody else's.
        Uniqueness found = Of(("1", "1", 1, "x"), ("1", "1", 2, "x"), ("1", "2", 1, "x"), ("2", "1", 1, "x"), ("2", "2", 2, "x"));

        Assert.That(found.Unique, Is.EqualTo(5));
        Assert.That(found.Sets[0].Fields, Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(found.Sets[0].Unique, Is.EqualTo(5));
    }

    [Test]
    public void Finish_SetsOfWords_AreOneValue()
    {
        Uniqueness found = Of(("1", "1", 1, "x,y"), ("1", "1", 1, "y,x"), ("1", "1", 2, "x"), ("1", "1", 2, "x"), ("1", "1", 1, "x"));

        Assert.That(found.Unique, Is.EqualTo(1));
        Assert.That(found.Sets.Single().Fields, Is.EqualTo(new[] { "c", "d" }));
    }

    [Test]
    public void Add_SeveralReportsOfAnInstallation_CountsTheFirst()
    {
        UniquenessCalculator calculator = new(Schema);
        Guid id = Guid.NewGuid();
        calculator.Add(Report("1", "1", 1, "x", id));
        calculator.Add(Report("2", "2", 2, "y", id));

        Assert.That(calculator.Finish(isAll: true).Installs, Is.EqualTo(1));
    }

    [Test]
    public void Add_HeldBack_IsNobody()
    {
        UniquenessCalculator calculator = new(Schema);
        StoredReport held = Report("1", "1", 1, "x");
        held.IsHeld = true;
        calculator.Add(held);
        calculator.Add(Report("2", "2", 2, "y"));

        Assert.That(calculator.Finish(isAll: true).Installs, Is.EqualTo(1));
    }

    // One installation is alone in every two fields, and so in every three, of which there are more than are listed.
    [Test]
    public void Finish_ManySets_ListsTwosBesideThrees()
    {
        UniquenessCalculator calculator = new(Wide(30));
        for (int install = 0; install < 10; install++)
        {
            calculator.Add(Report(30, _ => install == 0 ? 1 : 0));
        }

        ILookup<int, FieldSet> sets = calculator.Finish(isAll: true).Sets.ToLookup(set => set.Fields.Count);

        Assert.That((sets[2].Count(), sets[3].Count()), Is.EqualTo((25, 25)));
    }

    [Test]
    public void Add_MoreThanTheBudget_IsNotAll()
    {
        UniquenessCalculator calculator = new(Schema);
        for (int i = 0; i <= 5_000; i++)
        {
            calculator.Add(Report($"{i}", $"{i % 7}", i, "x"));
        }

        Uniqueness found = calculator.Finish(isAll: true);

        Assert.That((found.Installs, found.IsAll, found.Unique), Is.EqualTo((5_000, false, 5_000)));
    }

    [Test]
    public void Finish_WideSchema_LooksAtTheFieldsWithTheMostValues()
    {
        UniquenessCalculator calculator = new(Wide(30));
        for (int install = 0; install < 100; install++)
        {
            calculator.Add(Report(30, field => install % (field + 2)));
        }

        Assert.That(calculator.Finish(isAll: true).Fields, Is.EqualTo(Enumerable.Range(9, 21).Select(i => $"f{i}")));
    }

    private static ReportSchema Wide(int fields) => ReportSchema.Create(
        new SchemaHeader { Product = "wide" },
        [.. Enumerable.Range(0, fields).Select(i => UsageField.Count($"f{i}", "F", "For tests.", 0, 1_000))]);

    private static StoredReport Report(int fields, Func<int, int> valueOf)
    {
        StoredReport report = new(fields) { Id = Guid.NewGuid() };
        for (int field = 0; field < fields; field++)
        {
            report.Set(field, (long)valueOf(field));
        }

        return report;
    }

    private static Uniqueness Of(params (string A, string B, int C, string D)[] installs)
    {
        UniquenessCalculator calculator = new(Schema);
        foreach ((string a, string b, int c, string d) in installs)
        {
            calculator.Add(Report(a, b, c, d));
        }

        return calculator.Finish(isAll: true);
    }

    private static StoredReport Report(string a, string b, int c, string d, Guid? id = null)
    {
        StoredReport report = new(4) { Id = id ?? Guid.NewGuid() };
        report.Set(0, a);
        report.Set(1, b);
        report.Set(2, (long)c);
        report.Entries.AddRange(d.Split(',').Select(word => new StoredEntry(3, word)));
        return report;
    }
}
