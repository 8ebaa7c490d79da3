using System.Text;
using NUnit.Framework;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Tests.Server.Statistics;

public sealed class StatisticsCsvTests
{
    private static readonly UsageWindow Week = UsageWindow.Of(WindowKind.Week, new DateOnly(2026, 11, 16));

    [TestCase("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [TestCase("+1", "'+1")]
    [TestCase("-1", "'-1")]
    [TestCase("@SUM(1)", "'@SUM(1)")]
    [TestCase("\tx", "'\tx")]
    [TestCase("a,b", "\"a,b\"")]
    [TestCase("=\"a\"", "\"'=\"\"a\"\"\"")]
    [TestCase("a\r\nb", "\"a\r\nb\"")]
    [TestCase("1000-9999", "1000-9999"), Property("Case", 30)]
    public void Write_AnyValue_IsNoFormulaAndOneCell(string value, string expected)
    {
        Series series = new(
            "p", "f", null, WindowKind.Week, null, [new PublishedWindow(Week, 40, 0, 0, [new PublishedField("f", [new Cell(value, 10)], [])])]);

        Assert.That(
            Encoding.UTF8.GetString(StatisticsCsv.Write(series)),
            Is.EqualTo($"window,value,installs,of,share,lower,median,upper,as_of\r\n2026-W47,{expected},10,40,0.25,,,,\r\n"));
    }

    [Test]
    public void Write_Summary_HasEachNumberWithItsWindowAndFreshness()
    {
        DateTimeOffset made = new(2026, 11, 23, 0, 0, 5, TimeSpan.Zero);
        PublishedWindow week = new(
            Week,
            40,
            10,
            null,
            [
                new PublishedField("channel", [new Cell("beta", 30), new Cell("other", 10)], []),
                new PublishedField("count", [], [new Quartiles("", 40, -5, 0, 7)]),
                new PublishedField("counts", [new Cell("red", 40)], [new Quartiles("red", 40, 1, 2, 3)]),
            ]);
        PublishedWindow before = new(Week.Previous, 50, null, 0, []);
        PublishedWindow month = new(UsageWindow.Of(WindowKind.Month, new DateOnly(2026, 10, 1)), null, null, 0, []);

        Assert.That(Encoding.UTF8.GetString(StatisticsCsv.Write(new Summary("p", made, week, before, month, null, null))), Is.EqualTo("""
            window,field,value,installs,of,share,lower,median,upper,as_of
            2026-W47,_active,,40,,,,,,2026-11-23T00:00:05Z
            2026-W47,_new,,10,,,,,,2026-11-23T00:00:05Z
            2026-W47,_returning,,30,,,,,,2026-11-23T00:00:05Z
            2026-W47,_growth,,,,-0.2,,,,2026-11-23T00:00:05Z
            2026-10,_held_back,,0,,,,,,2026-11-23T00:00:05Z
            2026-W47,channel,beta,30,40,0.75,,,,2026-11-23T00:00:05Z
            2026-W47,channel,other,10,40,0.25,,,,2026-11-23T00:00:05Z
            2026-W47,count,,40,40,1,-5,0,7,2026-11-23T00:00:05Z
            2026-W47,counts,red,40,40,1,1,2,3,2026-11-23T00:00:05Z

            """.ReplaceLineEndings("\r\n")));
    }
}
