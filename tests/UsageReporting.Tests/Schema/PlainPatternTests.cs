using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.Core.Schema;

namespace UsageReporting.Tests.Schema;

public sealed class PlainPatternTests
{
    // One of each kind of character that means something to one of the two readers.
    private const string Alphabet = "az_.-+?[]\\(";

    [TestCase("[A-Za-z0-9][A-Za-z0-9._+-]*")]
    [TestCase("[a-z]+")]
    [TestCase("v[0-9]+_?x")]
    [TestCase("[-]")]
    public void IsPlain_ClassesAndLetters_IsTrue(string pattern) => Assert.That(PlainPattern.IsPlain(pattern), Is.True);

    [TestCase("[z-a]")]
    [TestCase("[^a]")]
    [TestCase("[]")]
    [TestCase("[")]
    [TestCase("a]")]
    [TestCase("[+-a]")]
    [TestCase("[a-z-[b]]")]
    [TestCase("a**")]
    [TestCase("*")]
    [TestCase("a.")]
    [TestCase(@"\w")]
    [TestCase("a{2}")]
    [TestCase("(a)")]
    public void IsPlain_AnythingElse_IsFalse(string pattern) => Assert.That(PlainPattern.IsPlain(pattern), Is.False);

    [Test]
    public void IsPlain_EveryShortPattern_IsGoodForTheEngineToo()
    {
        IEnumerable<string> patterns = [""];
        for (int length = 1; length <= 5; length++)
        {
            patterns = patterns.SelectMany(start => Alphabet.Select(next => start + next));
            foreach (string plain in patterns.Where(pattern => PlainPattern.IsPlain(pattern)))
            {
                AssertGood(plain);
            }
        }
    }

    [TestCase("a?")]
    [TestCase("[a-z]*")]
    [TestCase("[A-Za-z0-9._+-]+")]
    public void IsPlain_LongestPattern_IsGoodForTheEngineToo(string part)
    {
        string pattern = string.Concat(Enumerable.Repeat(part, SchemaLimits.PatternLength / part.Length));

        Assert.That(PlainPattern.IsPlain(pattern), Is.True);
        AssertGood(pattern);
    }

    private static void AssertGood(string pattern) =>
        Assert.That(() => new Regex(pattern, RegexOptions.NonBacktracking), Throws.Nothing, pattern);
}
