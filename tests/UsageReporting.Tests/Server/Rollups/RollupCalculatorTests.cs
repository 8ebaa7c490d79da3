using System.Net;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Access;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Tests.Server.Rollups;

public sealed class RollupCalculatorTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 0, 0, 0, TimeSpan.Zero);

    private static readonly UsageWindow Week = UsageWindow.Of(WindowKind.Week, Monday);

    private static readonly UsageWindow Month = UsageWindow.Of(WindowKind.Month, Monday);

    private static readonly UsageField Word = UsageField.Word("word", "Word", "A word.", ["one", "two", "three"]);

    private static readonly ReportSchema Stable = ReportSchema.Create(
        new SchemaHeader { Product = "stable" },
        [
            Word,
            UsageField.Count("number", "Number", "A number.", 0, 1_000),
            UsageField.Set("set", "Set", "Words.", ["red", "blue"]),
            UsageField.Counts("counts", "Counts", "Numbers.", ["red", "blue"], 0, 1_000),
            UsageField.Date("date", "Date", "A date."),
        ]);

    private static readonly ReportSchema Weekly = ReportSchema.Create(
        new SchemaHeader { Product = "weekly", Identity = new ReportIdentity { Kind = IdentityKind.Rotating } },
        [
            UsageField.Text("period", "Week", "Which week.", "[0-9]{4}-W[0-9]{2}", 8),
            UsageField.Flag("first_in_month", "First", "First in the month."),
            UsageField.Flag("first_report", "New", "First at all."),
            Word,
        ]);

    private static readonly ReportSchema Nobody = ReportSchema.Create(
        new SchemaHeader { Product = "nobody", Identity = ReportIdentity.None },
        [
            UsageField.Flag("first_in_week", "First", "First in the week."),
            UsageField.Flag("first_ever", "New", "First at all."),
            Word,
        ]);

    [Test]
    public void Finish_StableIds_CountsEachOnceByItsNewestReport()
    {
        Guid[] ids = Ids(30);
        StoredReport[] newestFirst =
        [
            .. ids.Select(id => TestStored.Of(Stable, Monday.AddDays(7), id, ("word", "three"))),
            .. ids[..20].Select(id => TestStored.Of(Stable, Monday.AddDays(7).AddSeconds(-1), id, ("word", "two"))),
            .. ids.Select(id => TestStored.Of(Stable, Monday, id, ("word", "one"))),
            .. ids.Select(id => TestStored.Of(Stable, Monday.AddSeconds(-1), id, ("word", "three"))),
        ];

        Rollup rollup = TestStored.RollUp(Stable, Week, newestFirst);

        Assert.That(rollup.Installs, Is.EqualTo(30));
        Assert.That(Cells(rollup, "word"), Is.EqualTo("two 20, one 10"));
        Assert.That(TestStored.RollUp(Stable, Month, newestFirst).Installs, Is.EqualTo(30));
    }

    [Test]
    public void Finish_ReportsFromWhereNothingLasts_AreCountedApart()
    {
        ReportSchema schema = ReportSchema.Create(
            new SchemaHeader { Product = "stable" }, [IdentityFields.Nonce(), IdentityFields.Ephemeral()]);
        (string, object) ephemeral = ("ephemeral", true);
        StoredReport held = TestStored.Of(schema, Monday.AddDays(1), null, ephemeral);
        held.IsHeld = true;

        Rollup rollup = TestStored.RollUp(schema, Week,
        [
            TestStored.Of(schema, Monday.AddDays(7), null, ephemeral),
            TestStored.Of(schema, Monday.AddDays(6), null, ephemeral),
            TestStored.Of(schema, Monday.AddDays(5), Ids(1)[0]),
            held,
            TestStored.Of(schema, Monday, null, ephemeral),
            TestStored.Of(schema, Monday.AddSeconds(-1), null, ephemeral),
        ]);

        Assert.That((rollup.Installs, rollup.Ephemeral), Is.EqualTo((1, 2)));
    }

    [Test]
    public void Finish_ReportFromWhereNothingLastsThatSaysItIsTheFirst_IsNoInstallation()
    {
        ReportSchema schema = ReportSchema.Create(
            new SchemaHeader { Product = "nobody", Identity = ReportIdentity.None },
            [IdentityFields.Nonce(), IdentityFields.FirstInWeek(), IdentityFields.Ephemeral()]);

        Rollup rollup = TestStored.RollUp(schema, Week,
            [TestStored.Of(schema, Monday, null, ("first_in_week", true), ("ephemeral", true))]);

        Assert.That((rollup.Installs, rollup.Ephemeral), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Finish_FewHaveAValue_KeepsHowManyTheyAre()
    {
        Guid[] ids = Ids(33);
        Rollup rollup = TestStored.RollUp(Stable, Week,
        [
            .. ids[..20].Select(id => TestStored.Of(Stable, Monday, id, ("word", "one"))),
            .. ids[20..22].Select(id => TestStored.Of(Stable, Monday, id, ("word", "two"))),
            .. ids[22..23].Select(id => TestStored.Of(Stable, Monday, id, ("word", "three"))),
            .. ids[23..].Select(id => TestStored.Of(Stable, Monday, id)),
        ]);

        FieldRollup word = rollup.Fields.Single(field => field.Field == "word");
        Assert.That(Cells(rollup, "word"), Is.EqualTo("one 20, not reported 10"));
        Assert.That((word.SmallValues, word.SmallInstalls), Is.EqualTo((2, 3)));
    }

    [Test]
    public void Finish_Numbers_AreQuartilesOverInstallations()
    {
        Guid[] ids = Ids(40);
        Rollup rollup = TestStored.RollUp(Stable, Week, ids.Select((id, i) => TestStored.Of(
            Stable, Monday, id, ("number", i + 1), ("counts", new[] { ("red", 7), ("blue", 1_000 - i) }), ("date", "2026-05-18T12:00:00Z"))));

        Assert.Multiple(() =>
        {
            Assert.That(
                rollup.Fields.Single(field => field.Field == "number").Quartiles, Is.EqualTo(new[] { new Quartiles("", 40, 10, 20, 30) }));
            Assert.That(
                rollup.Fields.Single(field => field.Field == "counts").Quartiles,
                Is.EquivalentTo(new[] { new Quartiles("red", 40, 7, 7, 7), new Quartiles("blue", 40, 970, 980, 990) }));
            Assert.That(Cells(rollup, "counts"), Is.EqualTo("blue 40, red 40"));
            Assert.That(Cells(rollup, "date"), Is.EqualTo("2026-05 40"));
        });
    }

    [Test]
    public void Finish_Sets_CountEachWord()
    {
        Guid[] ids = Ids(30);
        Rollup rollup = TestStored.RollUp(Stable, Week,
        [
            .. ids[..9].Select(id => TestStored.Of(Stable, Monday, id, ("set", new[] { "red", "blue" }))),
            .. ids[9..20].Select(id => TestStored.Of(Stable, Monday, id, ("set", new[] { "red" }))),
            .. ids[20..].Select(id => TestStored.Of(Stable, Monday, id)),
        ]);

        Assert.That(Cells(rollup, "set"), Is.EqualTo("red 20, not reported 10"));
    }

    [Test]
    public void Finish_FirstSeen_TellsNewFromReturningAndMakesCohorts()
    {
        Guid[] ids = Ids(30);
        StoredReport[] reports = [.. ids.Select(id => TestStored.Of(Stable, Monday, id))];
        foreach ((int i, StoredReport report) in reports.Index())
        {
            report.FirstSeen = i < 12 ? new DateOnly(2026, 11, 16) : i < 15 ? new DateOnly(2026, 11, 15) : new DateOnly(2025, 1, 1);
        }

        Assert.That(Cells(TestStored.RollUp(Stable, Week, reports), Rollup.New), Is.EqualTo("false 18, true 12"));
        Assert.That(Cells(TestStored.RollUp(Stable, Month, reports), Rollup.FirstSeen), Is.EqualTo("2025-01 15, 2026-11 15"));
    }

    [Test]
    public void Finish_RotatingIds_CountsThoseThatNameTheWindow()
    {
        Guid[] ids = Ids(30);
        Rollup rollup = TestStored.RollUp(Weekly, Week,
        [
            // Sent on the next Monday, and by a clock that is ahead: still of this week.
            .. ids[..10].Select(id => TestStored.Of(Weekly, Monday.AddDays(7), id, ("period", "2026-W47"), ("word", "one"))),
            .. ids[10..20].Select(id => TestStored.Of(Weekly, Monday.AddSeconds(-5), id, ("period", "2026-W47"), ("word", "two"))),
            .. ids[20..25].Select(id => TestStored.Of(Weekly, Monday, id, ("period", "2026-W48"))),
            // Two weeks late, or never true.
            .. ids[25..28].Select(id => TestStored.Of(Weekly, Monday.AddDays(14), id, ("period", "2026-W47"))),
            .. ids[28..].Select(id => TestStored.Of(Weekly, Monday, id, ("period", "2026-W99"))),
        ]);

        Assert.That(rollup.Installs, Is.EqualTo(20));
        Assert.That(Cells(rollup, "word"), Is.EqualTo("one 10, two 10"));
        Assert.That(rollup.Fields.Select(field => field.Field), Is.EqualTo(new[] { "first_report", "word" }));
    }

    [Test]
    public void Finish_WeeklyIdsInAMonth_CountsThoseThatAreTheFirstInIt()
    {
        Rollup rollup = TestStored.RollUp(Weekly, Month, Ids(40).Select((id, i) => TestStored.Of(
            Weekly, Monday.AddDays(i % 14), id, ("period", i % 14 < 7 ? "2026-W47" : "2026-W48"), ("first_in_month", i < 25))));

        Assert.That(rollup.Installs, Is.EqualTo(25));
    }

    [Test]
    public void Finish_NoIds_CountsFirstReports()
    {
        StoredReport[] reports =
        [
            .. Enumerable.Range(0, 50).Select(i => TestStored.Of(
                Nobody, Monday.AddHours(i), null, ("first_in_week", i < 30), ("first_ever", i < 10), ("word", "one"))),
        ];

        Rollup rollup = TestStored.RollUp(Nobody, Week, reports);

        Assert.That(rollup.Installs, Is.EqualTo(30));
        Assert.That(Cells(rollup, "first_ever"), Is.EqualTo("false 20, true 10"));
        // Without first_in_month nothing can be said of a month.
        Assert.That(TestStored.RollUp(Nobody, Month, reports), Has.Property("Installs").Null.And.Property("Fields").Empty);
    }

    [Test]
    public void Finish_HeldReports_AreCountedApartUntilSeenAgain()
    {
        Guid[] ids = Ids(30);
        StoredReport[] newestFirst =
        [
            .. ids[20..25].Select(id => TestStored.Of(Stable, Monday.AddDays(8), id)),
            .. ids[20..].Select(id => TestStored.Of(Stable, Monday, id)),
            .. ids[..20].Select(id => TestStored.Of(Stable, Monday, id)),
        ];
        foreach (StoredReport report in newestFirst[5..15])
        {
            report.IsHeld = true;
        }

        Rollup week = TestStored.RollUp(Stable, Week, newestFirst);
        Rollup month = TestStored.RollUp(Stable, Month, newestFirst);

        Assert.That((week.Installs, week.Held), Is.EqualTo((20, 10)));
        Assert.That((month.Installs, month.Held), Is.EqualTo((25, 5)));
    }

    // Point 4 of the issue at its full scale: ten thousand honest installations, four of a network, and a million fakes of one,
    // on each day of a week. Who is held back is the gate's own decision.
    [TestCase(1, 5), TestCase(7, 35), Property("Case", 49), Category("Long")]
    public void Finish_TenThousandAndAMillionOfOneNetwork_MovesByLessThanHalfAPercent(int days, int believed)
    {
        const int Honest = 10_000;
        const int Fakes = 1_000_000;
        ManualTimeProvider time = new(Monday);
        NetworkGate gate = new(new UsageServerOptions().NewInstallationsOfNetwork, null, time);
        RollupCalculator calculator = new(Stable, Week);
        StoredReport report = TestStored.Of(Stable, Monday, null, ("word", "one"));
        for (int i = 0; i < Honest + Fakes; i++)
        {
            // Spread over the days, so that fakes come before, between and after the others.
            time.SetUtcNow(Monday.AddDays((long)i * days / (Honest + Fakes)));
            bool isHonest = i % 101 == 0;
            int network = i / 404;
            report.Id = new Guid(i, 0, 0, new byte[8]);
            report.IsHeld = gate.Enter(new IPAddress(
                isHonest ? [10, (byte)(network >> 8), (byte)network, (byte)i] : [203, 0, 113, (byte)i])).IsBusy;
            calculator.Add(report);
        }

        Rollup rollup = calculator.Finish();
        Assert.That(rollup.Installs, Is.EqualTo(Honest + believed));
        Assert.That(rollup.Installs, Is.EqualTo(Honest).Within(0.5).Percent);
        Assert.That(rollup.Held, Is.EqualTo(Fakes - believed));
    }

    private static Guid[] Ids(int count) => [.. Enumerable.Range(1, count).Select(i => new Guid(i, 0, 0, new byte[8]))];

    private static string Cells(Rollup rollup, string field) => string.Join(
        ", ", rollup.Fields.Single(f => f.Field == field).Cells.Select(cell => $"{cell.Value} {cell.Installs}"));
}
