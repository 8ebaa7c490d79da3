using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.Core.Schema;

namespace UsageReporting.Tests.Schema;

public sealed class PlainMatcherTests
{
    private static readonly string[] Parts = ["a", "_", "[a-c]", "[b-]", "[.+a]"];
    private static readonly string[] Repeats = ["", "*", "+", "?"];
    private static readonly string[] Texts = [.. Every(["a", "b", "c", "_", ".", "-", "d"], 4)];

    [Test]
    public void IsMatch_EveryPatternOfThreeParts_SaysWhatTheEngineSays()
    {
        IEnumerable<string> patterns = Every(Parts, 3).Where(parts => parts.Length > 0)
            .SelectMany(parts => Repeats.Select(repeat => parts + repeat));
        foreach (string pattern in patterns)
        {
            Regex engine = new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking);
            PlainMatcher matcher = PlainMatcher.TryCompile(pattern)!;

            Assert.That(Texts.Where(text => matcher.IsMatch(text) != engine.IsMatch(text)), Is.Empty, pattern);
        }
    }

    [TestCase("")]
    [TestCase("a*b")]
    [TestCase("a?b?")]
    [TestCase("a|b")]
    [TestCase("[a-z]{2}")]
    public void TryCompile_AnotherPattern_IsForTheEngine(string pattern) => Assert.That(PlainMatcher.TryCompile(pattern), Is.Null);

    private static IEnumerable<string> Every(string[] parts, int most)
    {
        IEnumerable<string> all = [""];
        IEnumerable<string> longest = all;
        for (int length = 1; length <= most; length++)
        {
            longest = longest.SelectMany(start => parts.Select(next => start + next)).ToList();
            all = all.Concat(longest);
        }

        return all;
    }
}
