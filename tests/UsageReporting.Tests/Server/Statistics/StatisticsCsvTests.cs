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
        Series series = new("p", "f", WindowKind.Week, null, [new PublishedWindow(Week, 10, 0, 0, [new PublishedField("f", [new Cell(value, 10)], [])])]);

        Assert.That(
            Encoding.UTF8.GetString(StatisticsCsv.Write(series)), Is.EqualTo($"window,value,installs\r\n2026-W47,{expected},10\r\n"));
    }
}
