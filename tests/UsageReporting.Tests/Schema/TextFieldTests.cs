using System.Diagnostics;
using NUnit.Framework;

namespace UsageReporting.Tests.Schema;

public sealed class TextFieldTests
{
    private static readonly TextField Token = Text("[A-Za-z0-9][A-Za-z0-9._+-]*", 8);

    [TestCase("x86_64")]
    [TestCase("a")]
    [TestCase("12345678")]
    public void Allows_TextThatFits_Passes(string text) => Assert.That(Token.Allows(text), Is.True);

    [TestCase("")]
    [TestCase("123456789")]
    [TestCase("_a")]
    [TestCase("a b")]
    [TestCase("a\n")]
    [TestCase("\na")]
    [TestCase("a\0")]
    [TestCase("é")]
    public void Allows_TextThatDoesNotFit_IsRefused(string text) => Assert.That(Token.Allows(text), Is.False);

    [TestCase("\u202E")]
    [TestCase("\u2066")]
    [TestCase("\u200B")]
    [TestCase("\uFEFF")]
    [TestCase("\u001B")]
    [TestCase("\u007F")]
    [TestCase("\u0085")]
    [TestCase("\u00A0")]
    [TestCase("\uD83D\uDE00")]
    [TestCase("\n")]
    [TestCase("\t")]
    public void Allows_OutsidePrintableAscii_IsRefusedWhateverThePatternSays(string text) =>
        Assert.That(Text("[^x]*", 8).Allows(text), Is.False);

    [TestCase("a|b", "a", true)]
    [TestCase("a|b", "ax", false)]
    [TestCase("a|b", "xb", false)]
    [TestCase("a$", "a", true)]
    [TestCase("a$", "a\n", false)]
    [TestCase("(?i)a", "A", true)]
    [TestCase("(?m)^a$", "a\nb", false)]
    public void Allows_Pattern_MustMatchTheWholeText(string pattern, string text, bool allowed) =>
        Assert.That(Text(pattern, 8).Allows(text), Is.EqualTo(allowed));

    [Test]
    public void Allows_PatternThatBacktrackingEnginesDieOf_RunsInLinearTime()
    {
        TextField field = Text("(a+)+b", 256);
        string text = new('a', 256);
        long start = Stopwatch.GetTimestamp();

        Assert.That(field.Allows(text), Is.False);
        Assert.That(field.Allows(text[1..] + "b"), Is.True);
        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [TestCase(@"\d+")]
    [TestCase(@"[\w]")]
    [TestCase("[")]
    [TestCase("a)|(?:b")]
    [TestCase("(?x)a#")]
    [TestCase("(?=a)a")]
    [TestCase(@"(a)\1")]
    [TestCase("((a{1,100}){1,100}){1,100}")]
    [TestCase("é")]
    [TestCase("")]
    public void Create_PatternThatMustNotBe_IsAMistakeAndAllowsNothing(string pattern)
    {
        TextField field = Text(pattern, 8);

        Assert.That(
            () => ReportSchema.Create(new SchemaHeader { Product = "app" }, [field]),
            Throws.TypeOf<SchemaException>().With.Message.Contains("pattern"));
        Assert.That(field.Allows("a"), Is.False);
    }

    // The pattern is data here, some of it wrong on purpose: the analyzers are not to read it.
    private static TextField Text(string pattern, int maxLength) =>
        UsageField.Text("text", "Text", "Why.", pattern, maxLength);
}
