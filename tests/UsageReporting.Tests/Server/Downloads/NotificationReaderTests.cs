using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Downloads;

namespace UsageReporting.Tests.Server.Downloads;

public sealed class NotificationReaderTests
{
    private const string Good = """{"name":"wp-plugin\/akismet","version":"5.0.0.0"}""";

    [Test]
    public void Read_WhatComposerSends_IsRead() =>
        Assert.That(
            Read($$"""{"downloads":[{{Good}},{"name":"wp-theme/astra","version":"dev-feature/x","downloaded":204}]}"""),
            Is.EqualTo(new[] { "wp-plugin/akismet 5.0.0.0", "wp-theme/astra dev-feature/x" }));

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("5")]
    [TestCase("{}")]
    [TestCase("{\"downloads\":null}")]
    [TestCase("{\"downloads\":{}}")]
    [TestCase("{\"downloads\":[]}")]
    [TestCase("{\"Downloads\":[{\"name\":\"wp-plugin/akismet\",\"version\":\"5.0.0.0\"}]}")]
    [TestCase("[{\"name\":\"wp-plugin/akismet\",\"version\":\"5.0.0.0\"}]")]
    [TestCase("version=5.0.0.0&version_normalized=5.0.0.0")]
    [TestCase("﻿{}")]
    public void Read_NoDownloads_IsEmpty(string body) => Assert.That(Read(body), Is.Empty);

    [TestCase("null")]
    [TestCase("5")]
    [TestCase("\"wp-plugin/akismet\"")]
    [TestCase("[[[{}]]]")]
    [TestCase("{}")]
    [TestCase("{\"name\":\"wp-plugin/akismet\"}")]
    [TestCase("{\"version\":\"1.0.0.0\"}")]
    [TestCase("{\"name\":5,\"version\":\"1.0.0.0\"}")]
    [TestCase("{\"name\":{\"name\":\"wp-plugin/akismet\"},\"version\":[\"1.0.0.0\"]}")]
    [TestCase("{\"name\":\"wp-plugin/akismet\",\"version\":\"\"}")]
    [TestCase("{\"name\":\"wp-plugin/akismet\",\"version\":\"1.0\\u0000\"}")]
    [TestCase("{\"name\":\"wp-plugin/akismet\",\"version\":\"1.0 \\r\\n\"}")]
    [TestCase("{\"name\":\"WP-Plugin/Akismet\",\"version\":\"1.0.0.0\"}")]
    [TestCase("{\"name\":\"akismet\",\"version\":\"1.0.0.0\"}")]
    [TestCase("{\"name\":\"wp-plugin/a/b\",\"version\":\"1.0.0.0\"}")]
    [TestCase("{\"name\":\"wp-plugin/../b\",\"version\":\"1.0.0.0\"}")]
    [TestCase("{\"name\":\"wp-plugin/\\ud800\",\"version\":\"1.0.0.0\"}")]
    [TestCase("{\"\\ud800\":1,\"name\":\"wp-plugin/x\",\"version\":\"\\ud800\"}")]
    [TestCase("{\"name\":\"wp-plugin/<script>\",\"version\":\"1.0.0.0\"}")]
    public void Read_EntryThatIsNone_CostsNoOther(string entry) =>
        Assert.That(
            Read($$"""{"a":[1,{"downloads":[]}],"downloads":[{{Good}},{{entry}},{{Good}}],"z":true}"""),
            Is.EqualTo(new[] { "wp-plugin/akismet 5.0.0.0", "1 malformed", "wp-plugin/akismet 5.0.0.0" }.Order()));

    [Test]
    public void Read_EntryOfAThousandLevels_CostsNoOther() =>
        Assert.That(
            Read($$"""{"downloads":[{{new string('[', 1_000)}}{{new string(']', 1_000)}},{{Good}}]}"""),
            Is.EqualTo(new[] { "1 malformed", "wp-plugin/akismet 5.0.0.0" }));

    [TestCase("]}")]
    [TestCase("")]
    [TestCase(",{\"name\":\"wp-plugin/aki")]
    [TestCase(",]")]
    [TestCase(",{01}]}")]
    [TestCase("]} and more")]
    public void Read_BrokenBehindAnEntry_KeepsThatEntry(string rest) =>
        Assert.That(Read($$"""{"downloads":[{{Good}}{{rest}}"""), Is.EqualTo(new[] { "wp-plugin/akismet 5.0.0.0" }));

    [Test]
    public void Read_NoUnicode_CostsNoOther()
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""{"downloads":[{"name":"wp-plugin/?","version":"1.0.0.0"},{{Good}}]}""");
        body[Array.IndexOf(body, (byte)'?')] = 0xff;

        Assert.That(Read(body), Is.EqualTo(new[] { "1 malformed", "wp-plugin/akismet 5.0.0.0" }));
    }

    [Test]
    public void Read_MoreThanAHundred_LooksAtTheFirstHundred()
    {
        IEnumerable<string> entries = Enumerable.Range(0, 120).Select(
            i => i % 2 == 0 ? "null" : $$"""{"name":"wp-plugin/p{{i}}","version":"1.0.0.0"}""");

        string[] read = Read($$"""{"downloads":[{{string.Join(',', entries)}}]}""");

        Assert.That(read, Has.Length.EqualTo(51).And.Contains("50 malformed").And.Contains("wp-plugin/p99 1.0.0.0"));
    }

    [Test]
    public void Read_LongestNames_AreReadAndLongerOnesAreNot()
    {
        string name = $"wp-plugin/{new string('a', ServerLimits.PackageText - "wp-plugin/".Length)}";
        string version = new('1', ServerLimits.PackageText);

        Assert.That(
            Read($$"""{"downloads":[{"name":"{{name}}","version":"{{version}}"},{"name":"{{name}}a","version":"1"},{"name":"{{name}}","version":"{{version}}1"}]}"""),
            Is.EqualTo(new[] { "2 malformed", $"{name} {version}" }));
    }

    [Test]
    public void Read_WhateverArrives_Ends() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(3_000),
            Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<int>(), (junk, at) =>
            {
                byte[] body = Encoding.UTF8.GetBytes($$"""{"downloads":[{{Good}},{{Good}}]}""");
                for (int i = 0; i < junk.Length; i++)
                {
                    body[(int)(((uint)at + (i * 7L)) % body.Length)] = junk[i];
                }

                return Feed(body, Math.Abs(at % 7) + 1).Installs.Count <= 2 && Feed(junk, 3).Installs.Count == 0;
            }));

    [Test]
    public void Read_InPieces_IsTheSame()
    {
        byte[] body = Encoding.UTF8.GetBytes(
            $$"""{"a":[1,{"downloads":[]}],"downloads":[{{Good}},null, {"version":"\u0031.0","name":"wp-theme/astra"},{{Good}}],"z":true}""");

        foreach (int piece in Enumerable.Range(1, body.Length))
        {
            Assert.That(
                Read(body, piece),
                Is.EqualTo(new[] { "1 malformed", "wp-plugin/akismet 5.0.0.0", "wp-theme/astra 1.0", "wp-plugin/akismet 5.0.0.0" }),
                $"in pieces of {piece}");
        }
    }

    [Test]
    public void Read_MuchThatIsNoEntry_CostsNone()
    {
        string gap = new(' ', ServerLimits.NotificationToken / 2);
        string text = new('x', ServerLimits.NotificationToken / 2);
        string much = string.Concat(Enumerable.Repeat($"{gap}\"{text}\",", 100));

        Assert.That(
            Read($$"""{"a":[{{much}}1],"downloads":[{"b":[{{much}}1],"name":"a/b","version":"1"},{{Good}}]}"""),
            Is.EqualTo(new[] { "a/b 1", "wp-plugin/akismet 5.0.0.0" }));
    }

    [Test]
    public void Read_ValueWithoutEnd_IsNotKept()
    {
        NotificationReader reader = new();
        byte[] body = Encoding.UTF8.GetBytes($$"""{"downloads":[{{Good}},"{{new string('x', ServerLimits.NotificationToken)}}""");

        SequencePosition read = reader.Read(new ReadOnlySequence<byte>(body));

        Assert.That(read.GetInteger(), Is.EqualTo(body.Length));
        Assert.That(reader.Installs, Has.Count.EqualTo(1));
    }

    [Test]
    public void Read_HundredLongNames_KeepsSome()
    {
        string name = new('a', ServerLimits.PackageText - 2);
        string[] read = Read(
            $$"""{"downloads":[{{string.Join(',', Enumerable.Repeat($$"""{"name":"a/{{name}}","version":"{{name}}"}""", 100))}}]}""");

        Assert.That(read.Sum(install => install.Length), Is.LessThan(ServerLimits.NotificationText + (3 * ServerLimits.PackageText)));
        Assert.That(read, Has.Length.GreaterThan(15));
    }

    private static string[] Read(string body) => Read(Encoding.UTF8.GetBytes(body));

    private static string[] Read(byte[] body, int piece = 1_000)
    {
        NotificationReader reader = Feed(body, piece);
        IEnumerable<string> mistakes = reader.Malformed == 0 ? [] : [$"{reader.Malformed} malformed"];
        return [.. mistakes, .. reader.Installs.Select(install => $"{install.Package} {install.Version}")];
    }

    // As a connection does: what was not read comes again with the next piece, in segments of that size.
    private static NotificationReader Feed(byte[] body, int piece)
    {
        NotificationReader reader = new();
        int at = 0;
        for (int end = Math.Min(piece, body.Length); ; end = Math.Min(end + piece, body.Length))
        {
            ReadOnlySequence<byte> bytes = BytesSegment.Of(body.AsMemory(at, end - at), piece);
            at += (int)bytes.Slice(0, reader.Read(bytes)).Length;
            if (end == body.Length)
            {
                return reader;
            }
        }
    }
}
