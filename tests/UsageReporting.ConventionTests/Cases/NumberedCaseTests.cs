using System.Globalization;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.ConventionTests.Cases;

/// <summary>
/// What the server's door and the client must survive is a numbered list, and each number is named by a test.
/// </summary>
public sealed partial class NumberedCaseTests
{
    // Bodies, ids and meaning, encodings, HTTP. The numbers between them are of other subjects.
    private static readonly int[] OfTheDoor =
        [.. Enumerable.Range(1, 29), .. Enumerable.Range(31, 9), 41, .. Enumerable.Range(45, 4), .. Enumerable.Range(52, 32)];

    // What is published, kept and believed.
    private static readonly int[] OfTheNumbers = [30, 42, 49, 50, 86, 87];

    // Places, files, clocks, the network, a host's own code. Parts of some have no test, because the tests run on Linux and
    // as one user: paths and folders of Windows (106), another user's folder, a quota, a file system in a network (105), a
    // proxy's script (118), TLS 1.0 and revocation (117), no ICU, seccomp, FailFast, a debugger (121).
    private static readonly int[] OfTheClient = [.. Enumerable.Range(104, 19)];

    [Test]
    public void Cases_OfTheDoor_AreNamedByATestEach() => AssertNamed(OfTheDoor);

    [Test]
    public void Cases_OfTheNumbers_AreNamedByATestEach() => AssertNamed(OfTheNumbers);

    [Test]
    public void Cases_OfTheClient_AreNamedByATestEach() => AssertNamed(OfTheClient);

    [TestCase("[Test, Property(\"Case\", 7)]", 7)]
    [TestCase("Bad(8, \"Comma\", \"\"), .SetProperty(\"Case\", number)", 8)]
    public void NumbersIn_ATestOfACase_IsItsNumber(string source, int number) =>
        Assert.That(NumbersIn(source), Is.EqualTo(new[] { number }));

    [TestCase("[Test] // case 7"), TestCase("Bad(8, \"Comma\", \"\")")]
    public void NumbersIn_OtherNumbers_None(string source) => Assert.That(NumbersIn(source), Is.Empty);

    private static void AssertNamed(IEnumerable<int> numbers)
    {
        HashSet<int> named =
        [
            .. Directory.EnumerateFiles(RepositoryRoot.Combine("tests"), "*Tests.cs", SearchOption.AllDirectories)
                .SelectMany(file => NumbersIn(File.ReadAllText(file))),
        ];

        Assert.That(numbers.Except(named), Is.Empty);
    }

    // As a property, or as the first argument of what makes a test of it.
    private static IEnumerable<int> NumbersIn(string source)
    {
        IEnumerable<Match> found = Attribute().Matches(source);
        if (source.Contains(".SetProperty(\"Case\", number)", StringComparison.Ordinal))
        {
            found = found.Concat(Argument().Matches(source));
        }

        return found.Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""\bProperty\("Case", (\d+)\)""")]
    private static partial Regex Attribute();

    [GeneratedRegex("""\b[A-Z]\w+\((\d+), "\w+",""")]
    private static partial Regex Argument();
}
