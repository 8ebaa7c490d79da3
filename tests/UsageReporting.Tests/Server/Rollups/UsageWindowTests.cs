using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Tests.Server.Rollups;

public sealed class UsageWindowTests
{
    [TestCase("2026-11-27", "2026-W48", "2026-11-23", "2026-11-29")]
    [TestCase("2026-11-23", "2026-W48", "2026-11-23", "2026-11-29")]
    [TestCase("2026-11-29", "2026-W48", "2026-11-23", "2026-11-29")]
    [TestCase("2027-01-01", "2026-W53", "2026-12-28", "2027-01-03")]
    [TestCase("2024-12-30", "2025-W01", "2024-12-30", "2025-01-05")]
    [TestCase("2024-02-29", "2024-W09", "2024-02-26", "2024-03-03")]
    [TestCase("0001-01-01", "0001-W01", "0001-01-01", "0001-01-07")]
    [TestCase("9999-12-31", "9999-W52", "9999-12-27", "9999-12-31"), Property("Case", 96)]
    public void Of_Week_IsTheIsoWeek(string day, string name, string first, string last) =>
        AssertWindow(WindowKind.Week, day, name, first, last);

    [TestCase("2026-11-30", "2026-11", "2026-11-01", "2026-11-30")]
    [TestCase("2024-02-01", "2024-02", "2024-02-01", "2024-02-29")]
    [TestCase("9999-12-31", "9999-12", "9999-12-01", "9999-12-31")]
    public void Of_Month_IsTheCalendarMonth(string day, string name, string first, string last) =>
        AssertWindow(WindowKind.Month, day, name, first, last);

    [Test]
    public void Of_LastSecondOfSundayInUtc_IsTheOldWeek()
    {
        DateTimeOffset monday = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

        Assert.That(UsageWindow.Of(WindowKind.Week, monday.AddSeconds(-1)).ToString(), Is.EqualTo("2026-W47"));
        Assert.That(UsageWindow.Of(WindowKind.Week, monday.ToOffset(TimeSpan.FromHours(-5))).ToString(), Is.EqualTo("2026-W48"));
        Assert.That(UsageWindow.LastClosed(WindowKind.Week, monday).ToString(), Is.EqualTo("2026-W47"));
        Assert.That(UsageWindow.LastClosed(WindowKind.Week, monday.AddSeconds(-1)).ToString(), Is.EqualTo("2026-W46"));
    }

    [Test]
    public void Next_TenYearsOfWindows_CoverEachDayOnceAndSortAsTheyAreNamed()
    {
        foreach (WindowKind kind in Enum.GetValues<WindowKind>())
        {
            UsageWindow window = UsageWindow.Of(kind, new DateOnly(2020, 1, 1));
            while (window.FirstDay.Year < 2030)
            {
                UsageWindow next = window.Next;
                Assert.That(next.FirstDay, Is.EqualTo(window.LastDay.AddDays(1)));
                Assert.That(next.Previous, Is.EqualTo(window));
                Assert.That(string.CompareOrdinal(window.ToString(), next.ToString()), Is.Negative);
                Assert.That(UsageWindow.TryParse(window.ToString(), out UsageWindow read), Is.True);
                Assert.That(read, Is.EqualTo(window));
                window = next;
            }
        }
    }

    [TestCase("")]
    [TestCase("2026-W00")]
    [TestCase("2026-W54")]
    [TestCase("2025-W53")]
    [TestCase("2026-w48")]
    [TestCase("2026-W4")]
    [TestCase("2026-W+1")]
    [TestCase("2026-13")]
    [TestCase("2026-00")]
    [TestCase("0000-01")]
    [TestCase("-026-01")]
    [TestCase("2026-1")]
    [TestCase("2026/11")]
    [TestCase("2026-11-27")]
    [TestCase(" 2026-11")]
    [TestCase("٢٠٢٦-11")]
    public void TryParse_AnythingElse_IsNoWindow(string name) => Assert.That(UsageWindow.TryParse(name, out _), Is.False);

    private static void AssertWindow(WindowKind kind, string day, string name, string first, string last)
    {
        UsageWindow window = UsageWindow.Of(kind, DateOnly.Parse(day, CultureInfo.InvariantCulture));

        Assert.Multiple(() =>
        {
            Assert.That(window.ToString(), Is.EqualTo(name));
            Assert.That($"{window.FirstDay:yyyy-MM-dd} {window.LastDay:yyyy-MM-dd}", Is.EqualTo($"{first} {last}"));
        });
    }
}
