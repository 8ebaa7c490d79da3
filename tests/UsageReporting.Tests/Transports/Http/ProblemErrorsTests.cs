using System.Text;
using System.Text.Json;
using NUnit.Framework;
using UsageReporting.Transports.Http;

namespace UsageReporting.Tests.Transports.Http;

public sealed class ProblemErrorsTests
{
    [Test]
    public void Read_Errors_AreALineEach() =>
        Assert.That(
            Read("""{"type":"about:blank","errors":{"uuid":["Is no id."],"":["Is too large."],"arch":["Is absent.","Is odd."]}}"""),
            Is.EqualTo(new[] { "uuid: Is no id.", "Is too large.", "arch: Is absent.", "arch: Is odd." }));

    [Test]
    public void Read_EscapeSequencesAndOtherScripts_AreStripped() =>
        Assert.That(
            Read("""{"errors":{"a\u001b]0;x\u0007":["\u001b[2J\u001b[31mred\r\nSent.\u202Egnp\u200B é 🦆 \u009b1m~"]}}"""),
            Is.EqualTo(new[] { "a]0;x: [2J[31mredSent.gnp   1m~" }));

    [Test]
    public void Read_ManyAndLongLines_AreCut()
    {
        string[] sentences = [.. Enumerable.Repeat(new string('x', 5_000), 100)];

        IReadOnlyList<string> lines = Read(JsonSerializer.Serialize(new { errors = new { a = sentences } }));

        Assert.That(lines, Has.Count.EqualTo(20));
        Assert.That(lines, Is.All.Length.EqualTo(200));
    }

    [TestCase("""{"errors":{"a":["x"]}}""", "application/json")]
    [TestCase("""{"errors":{"a":["x"]}}""", "text/html")]
    [TestCase("""{"errors":{"a":["x"]}}""", null)]
    [TestCase("""{"errors":{"a":["x"]""", "application/problem+json")]
    [TestCase("""{"errors":["x"]}""", "application/problem+json")]
    [TestCase("""{"errors":{"a":"x"}}""", "application/problem+json")]
    [TestCase("""{"Errors":{"a":["x"]}}""", "application/problem+json")]
    [TestCase("""{"errors":{"a":["\ud800"]}}""", "application/problem+json")]
    [TestCase("", "application/problem+json")]
    public void Read_NotOurWords_IsNothing(string body, string? mediaType) =>
        Assert.That(Read(body, mediaType), Is.Empty);

    private static IReadOnlyList<string> Read(string body, string? mediaType = "application/problem+json") =>
        ProblemErrors.Read(new HttpAnswer(400, mediaType, Encoding.UTF8.GetBytes(body)));
}
