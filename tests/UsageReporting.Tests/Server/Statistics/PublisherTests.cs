using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Statistics;

public sealed class PublisherTests
{
    private static readonly UsageWindow Week = UsageWindow.Of(WindowKind.Week, new DateOnly(2026, 11, 16));

    [TestCase("stable 30, beta 20", 0, 0, "stable 30, beta 20")]
    [TestCase("stable 30, beta 20", 2, 11, "stable 30, beta 20, other 11")]
    [TestCase("stable 30, beta 20", 1, 11, "stable 30, other 31")]
    [TestCase("stable 30, beta 20", 2, 9, "stable 30, other 29")]
    [TestCase("stable 30", 1, 1, "other 31")]
    [TestCase("", 3, 12, "other 12")]
    [TestCase("stable 30, other 12", 0, 0, "stable 30, other 12")]
    [TestCase("stable 30, other 12", 1, 1, "stable 30, other 13")]
    [TestCase("not reported 40, dev 20", 0, 0, "dev 20, not reported 40")]
    public void Publish_OneValue_FoldsWhatFewHave(string cells, int smallValues, int smallInstalls, string expected)
    {
        Cell[] kept = Cells(cells);
        PublishedWindow window = Publisher.Publish(
            SeedSchemas.PaperlessNgx,
            new Rollup(Week, kept.Sum(c => c.Installs) + smallInstalls, 0, [new FieldRollup("channel", kept, smallValues, smallInstalls, [])]));

        Assert.That(Text(window.Find("channel")), Is.EqualTo(expected));
    }

    // No such numbers are ever kept. If they were, ten would still be the least.
    [Test]
    public void Publish_CellsMissing_SaysNothingOfTheRest()
    {
        PublishedWindow window = Publisher.Publish(
            SeedSchemas.PaperlessNgx, new Rollup(Week, 43, 0, [new FieldRollup("channel", [], 1, 3, [])]));

        Assert.That(window.Find("channel"), Is.Null);
    }

    [TestCase("libraries 20, not reported 30", 50, "libraries 20, not reported 30")]
    [TestCase("libraries 40, not reported 12", 60, "not reported 12")]
    [TestCase("libraries 45", 50, "")]
    [TestCase("libraries 50", 50, "libraries 50")]
    [TestCase("not reported 45", 50, "")]
    public void Publish_SeveralWords_HidesThoseThatFewLack(string cells, int installs, string expected)
    {
        PublishedWindow window = Publisher.Publish(
            TestSchemas.AllKinds, new Rollup(Week, installs, 0, [new FieldRollup("set", Cells(cells), 0, 0, [])]));

        Assert.That(Text(window.Find("set")), Is.EqualTo(expected));
    }

    [Test]
    public void Publish_Buckets_StandInTheirOrder()
    {
        PublishedWindow window = Publisher.Publish(
            SeedSchemas.PaperlessNgx,
            new Rollup(Week, 90, 0, [new FieldRollup("doc_bucket", Cells("100-999 40, 50000+ 30, 0-99 20"), 0, 0, [])]));

        Assert.That(Text(window.Find("doc_bucket")), Is.EqualTo("0-99 20, 100-999 40, 50000+ 30"));
    }

    [Test]
    public void Publish_FewerThanTen_SaysNothing()
    {
        PublishedWindow window = Publisher.Publish(
            SeedSchemas.PaperlessNgx, new Rollup(Week, 9, 9, [new FieldRollup("channel", [], 2, 9, [])]));

        Assert.That((window.Installs, window.New, window.Held, window.Fields.Count), Is.EqualTo(((long?)null, (long?)null, (long?)null, 0)));
    }

    [TestCase(null, null), TestCase(0, 0), TestCase(9, null), TestCase(10, 10)]
    public void Publish_ReportsFromWhereNothingLasts_AreNoneOrTen(long? counted, long? published)
    {
        Rollup rollup = new(Week, 0, 0, []) { Ephemeral = counted };

        Assert.That(Publisher.Publish(SeedSchemas.PaperlessNgx, rollup).Ephemeral, Is.EqualTo(published));
    }

    [Test]
    public void Publish_FieldNotForThePublicOrNotInTheSchema_IsLeftOut()
    {
        PublishedWindow window = Publisher.Publish(SeedSchemas.Printernizer, new Rollup(Week, 20, 10,
        [
            new FieldRollup("erasure_key", Cells("abc 20"), 0, 0, []),
            new FieldRollup("gone", Cells("abc 20"), 0, 0, []),
            new FieldRollup("installation.platform", Cells("linux 20"), 0, 0, []),
        ]));

        Assert.That(window.Fields.Select(f => f.Name), Is.EqualTo(new[] { "installation.platform" }));
        Assert.That(window.Held, Is.EqualTo(10));
    }

    private static Cell[] Cells(string cells) =>
    [
        .. cells.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(cell => new Cell(cell[..cell.LastIndexOf(' ')], long.Parse(cell[(cell.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))),
    ];

    private static string Text(PublishedField? field) =>
        string.Join(", ", field?.Values.Select(cell => $"{cell.Value} {cell.Installs}") ?? []);
}
