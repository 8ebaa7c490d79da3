using System.IO.Compression;
using System.Text;
using NUnit.Framework;
using UsageReporting.Server.Ingest.Gzip;

namespace UsageReporting.Tests.Server.Ingest.Gzip;

public sealed class GzipMemberTests
{
    private static readonly byte[] Report = Encoding.UTF8.GetBytes(TestSchemas.PaperlessReport);

    [Test]
    public void TryInflate_WholeMember_IsItsContent([Values] CompressionLevel level)
    {
        byte[] output = new byte[4_097];

        int? length = GzipMember.TryInflate(Compress(Report, level), output);

        Assert.That(output[..length!.Value], Is.EqualTo(Report));
    }

    [Test]
    public void TryInflate_EmptyContent_IsNothing() =>
        Assert.That(GzipMember.TryInflate(Compress([]), new byte[10]), Is.Zero);

    [Test]
    public void TryInflate_OptionalHeaderParts_AreSkipped()
    {
        byte[] plain = Compress(Report);
        byte[] extra = [3, 0, 1, 2, 3];
        byte[] member = [.. plain[..3], 0x1E, .. plain[4..10], .. extra, .. "name\0"u8, .. "comment\0"u8, 9, 9, .. plain[10..]];

        Assert.That(GzipMember.TryInflate(member, new byte[4_097]), Is.EqualTo(Report.Length));
    }

    [Test, Property("Case", 52)]
    public void TryInflate_Bomb_StopsWhereTheRoomEnds()
    {
        byte[] bomb = Compress(new byte[50_000_000]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        int? length = GzipMember.TryInflate(bomb, new byte[4_097]);

        Assert.Multiple(() =>
        {
            Assert.That(length, Is.EqualTo(4_097));
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(50_000));
        });
    }

    [Test, Property("Case", 53)]
    public void TryInflate_Garbage_IsNone() =>
        Assert.That(GzipMember.TryInflate("This is no gzip at all, is it?"u8.ToArray(), new byte[100]), Is.Null);

    [Test, Property("Case", 53)]
    public void TryInflate_GarbageBehindAHeader_IsNone() =>
        Assert.That(GzipMember.TryInflate((byte[])[.. Compress(Report)[..10], .. Report], new byte[4_097]), Is.Null);

    [Test, Property("Case", 54)]
    public void TryInflate_TruncatedAnywhere_IsNone()
    {
        byte[] member = Compress(Report);

        for (int length = 0; length < member.Length; length++)
        {
            Assert.That(GzipMember.TryInflate(member.AsMemory(0, length), new byte[4_097]), Is.Null, $"{length} bytes");
        }
    }

    [Test, Property("Case", 55)]
    public void TryInflate_FlippedBitAnywhereBehindTheHeader_IsNoneOrTheSame()
    {
        byte[] member = Compress(Report);

        for (int bit = 10 * 8; bit < member.Length * 8; bit++)
        {
            byte[] flipped = [.. member];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            byte[] output = new byte[4_097];

            // The last compressed byte has bits that mean nothing.
            int? length = GzipMember.TryInflate(flipped, output);
            Assert.That(length is null || output.AsSpan(0, length.Value).SequenceEqual(Report), $"bit {bit}");
        }
    }

    [TestCase("", "report"), TestCase("report", ""), TestCase("report", "report"), TestCase("re", "port"), Property("Case", 55)]
    public void TryInflate_TwoMembers_IsNone(string first, string second) =>
        Assert.That(
            GzipMember.TryInflate(
                (byte[])[.. Compress(Encoding.UTF8.GetBytes(first)), .. Compress(Encoding.UTF8.GetBytes(second))], new byte[100]),
            Is.Null);

    [Test, Property("Case", 55)]
    public void TryInflate_BytesBehindTheMember_IsNone([Values(1, 8, 9, 100)] int count)
    {
        byte[] member = Compress(Report);

        // The last eight are the member's own check sum and length, so that these alone would not tell.
        byte[] more = [.. member, .. new byte[count], .. member[^8..]];

        Assert.That(GzipMember.TryInflate(more.AsMemory(0, member.Length + count), new byte[4_097]), Is.Null);
        Assert.That(GzipMember.TryInflate(more, new byte[4_097]), Is.Null);
    }

    [Test, Property("Case", 59)]
    public void TryInflate_RatioOver100WithinTheSize_IsItsContent() =>
        Assert.That(GzipMember.TryInflate(Compress(new byte[65_000]), new byte[65_537]), Is.EqualTo(65_000));

    private static byte[] Compress(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        if (content.Length == 0)
        {
            // GZipStream writes no member at all for it.
            return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        }

        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, level))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
