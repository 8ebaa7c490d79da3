using System.Text;
using NUnit.Framework;
using UsageReporting.Transports.File;

namespace UsageReporting.Tests.Transports;

public sealed class FileTailTests
{
    [TestCase("", true, "", 0, false)]
    [TestCase("\n", true, "", 0, false)]
    [TestCase("{}\n", true, "{}", 0, false)]
    [TestCase("{}\n{\"a\":1}\n", true, "{\"a\":1}", 0, false)]
    [TestCase("{}\n\n", true, "", 0, false)]
    [TestCase("{}\n{\"a\":{}", true, "", 7, false, Description = "killed while it wrote")]
    [TestCase("{", true, "", 1, false)]
    [TestCase("{}\n\0\0\0", true, "", 3, false, Description = "power lost while it wrote")]
    [TestCase("{}\n{\"a\":1}", true, "{\"a\":1}", 0, true, Description = "all but its end was written, or it was edited")]
    [TestCase("{\"a\":1}", true, "{\"a\":1}", 0, true)]
    [TestCase("{ the end of a line that is longer than any of ours", false, "", 0, true)]
    [TestCase("{}\nnone of ours", true, "", 0, true)]
    [TestCase("none of ours", true, "", 0, true)]
    [TestCase("the end of such a line\n{", false, "", 1, false)]
    public void Of_End_IsWhatIsToBeDone(string end, bool isWholeFile, string lastLine, int tornBytes, bool lacksNewline)
    {
        FileTail tail = FileTail.Of(Encoding.UTF8.GetBytes(end), isWholeFile);

        Assert.That(
            (Encoding.UTF8.GetString(tail.LastLine.Span), tail.TornBytes, tail.LacksNewline),
            Is.EqualTo((lastLine, tornBytes, lacksNewline)));
    }
}
