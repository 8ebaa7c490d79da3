using System.Text;
using NUnit.Framework;
using UsageReporting.Core.Comparison;

namespace UsageReporting.Tests.Comparison;

/// <summary>What comes from the network is a summary whole, or nothing.</summary>
public sealed class PublishedNumbersTests
{
    private const string Good =
        """{"product":"p","as_of":"2026-11-01T00:00:00Z","fields_window":"2026-W44","fields_installs":100,"fields":{"a":[{"value":"x","installs":40,"share":0.4,"interval":[0.3,0.5]}]},"quartiles":{"n":[{"installs":90,"lower":1,"median":2,"upper":5}]}}""";

    [Test]
    public void Parse_Good_IsRead()
    {
        PublishedNumbers numbers = Parse(Good)!;

        Assert.That((numbers.Window, numbers.Installs), Is.EqualTo(("2026-W44", 100)));
        Assert.That(numbers.Find("a", "x"), Is.EqualTo(new PublishedShare(40, 0.4) { Interval = (0.3, 0.5) }));
        Assert.That(numbers.Find("a", "y"), Is.Null);
        Assert.That(numbers.FindQuartiles("n", ""), Is.EqualTo(new PublishedQuartiles(90, 1, 2, 5)));
    }

    [Test]
    public void Parse_NothingIsSaidYet_HasNoTotal()
    {
        PublishedNumbers numbers = Parse("""{"product":"p","as_of":null,"fields_window":"2026-10","fields_installs":null,"fields":{},"quartiles":{}}""")!;

        Assert.That((numbers.Installs, numbers.Made), Is.EqualTo(((long?)null, (DateTimeOffset?)null)));
    }

    // Whatever a server, or something that stands in its place, may say.
    [TestCase("\"product\":\"p\"", "\"product\":\"q\"")]
    [TestCase("\"product\":\"p\"", "\"product\":7")]
    [TestCase("\"product\":\"p\"", "\"product\":\"p\",\"product\":\"p\"")]
    [TestCase("\"fields_window\":\"2026-W44\",", "")]
    [TestCase("2026-W44", "\\u001b[31m")]
    [TestCase("2026-W44", "2026-W4\\n")]
    [TestCase("\"2026-W44\"", "null")]
    [TestCase("2026-11-01T00:00:00Z", "yesterday")]
    [TestCase("\"fields_installs\":100", "\"fields_installs\":-1")]
    [TestCase("\"fields_installs\":100", "\"fields_installs\":1e99")]
    [TestCase("\"installs\":40", "\"installs\":\"40\"")]
    [TestCase("\"installs\":40", "\"installs\":-40")]
    [TestCase("\"share\":0.4", "\"share\":1.4")]
    [TestCase("\"share\":0.4", "\"share\":1e999")]
    [TestCase("[0.3,0.5]", "[0.3]")]
    [TestCase("[0.3,0.5]", "[0.3,-0.5]")]
    [TestCase("\"value\":\"x\"", "\"value\":[]")]
    [TestCase("\"value\":\"x\"", "\"value\":\"\\ud800\"")]
    [TestCase("[{\"value\"", "[7,{\"value\"")]
    [TestCase("\"a\":[", "\"a\":[{\"value\":\"x\",\"installs\":1,\"share\":0.1},")]
    [TestCase("\"median\":2", "\"median\":2.5")]
    [TestCase("\"fields\":{", "\"fields\":[],\"f\":{")]
    public void Parse_AnythingElse_IsNothing(string good, string bad)
    {
        string changed = Good.Replace(good, bad, StringComparison.Ordinal);

        Assert.That(changed, Is.Not.EqualTo(Good));
        Assert.That(Parse(changed), Is.Null);
    }

    [TestCase(""), TestCase("null"), TestCase("[]"), TestCase("<!doctype html><title>Hotel</title>"), TestCase("{}")]
    public void Parse_NoSummary_IsNothing(string text) => Assert.That(Parse(text), Is.Null);

    [Test]
    public void Parse_DeepNesting_IsNothing() =>
        Assert.That(Parse(Good.Replace("{\"a\":", new string('[', 100_000), StringComparison.Ordinal)), Is.Null);

    private static PublishedNumbers? Parse(string json) => PublishedNumbers.Parse(Encoding.UTF8.GetBytes(json), "p");
}
