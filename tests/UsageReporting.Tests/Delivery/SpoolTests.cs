using NUnit.Framework;
using UsageReporting.Core.Delivery;
using UsageReporting.Core.State;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Delivery;

public sealed class SpoolTests
{
    private static readonly FrozenReport Frozen =
        new(Paperless.Report, DateTimeOffset.UnixEpoch, ["https://a.example.org/report"], ["https://b.example.org/report"]);

    private CapturedLog _log = null!;
    private TemporaryFolder _folder = null!;
    private Spool _spool = null!;

    private string File => _folder.Combine("frozen_report.json");

    [SetUp]
    public void StartSpool()
    {
        _log = new CapturedLog();
        _folder = new TemporaryFolder();
        _spool = new Spool(new StateFolder(_folder.Path, _log.For<StateFolder>()));
    }

    [TearDown]
    public void EndSpool()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Test]
    public void Read_Written_IsTheSame()
    {
        Assert.That(_spool.TryWrite(Frozen), Is.True);
        FrozenReport read = _spool.Read()!;

        Assert.That((read.Report, read.Begun.Single(), read.Done.Single()), Is.EqualTo((Frozen.Report, Frozen.Begun[0], Frozen.Done[0])));
    }

    [Test]
    public void TryWrite_LargestReport_CanBeReadAgain()
    {
        // Nothing but quotation marks is the worst that a report can hold.
        FrozenReport largest = Frozen with { Report = new string('"', 65_536) };

        Assert.That(_spool.TryWrite(largest), Is.True);
        Assert.That(_spool.Read()?.Report, Is.EqualTo(largest.Report));
    }

    [Test]
    public void Drop_Written_IsGone()
    {
        _spool.TryWrite(Frozen);
        _spool.Drop();

        Assert.That(_spool.Read(), Is.Null);
        Assert.That(Directory.EnumerateFiles(_folder.Path), Is.Empty);
    }

    [Test(Description = "case 107")]
    public void Read_CutOffAnywhere_IsNull()
    {
        _spool.TryWrite(Frozen);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.That(_spool.Read(), Is.Null, $"after {length} bytes");
        }
    }

    [Test(Description = "case 107")]
    public void Read_AnyBitFlipped_NeverThrows()
    {
        _spool.TryWrite(Frozen);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            System.IO.File.WriteAllBytes(File, flipped);
            Assert.That(_spool.Read, Throws.Nothing, $"bit {bit}");
        }
    }

    [TestCase("\uFEFF")]
    [TestCase("\r\n")]
    public void Read_FileThatAnEditorTouched_IsTheSame(string before)
    {
        _spool.TryWrite(Frozen);
        System.IO.File.WriteAllText(File, before + System.IO.File.ReadAllText(File) + "\r\n");

        Assert.That(_spool.Read()?.Report, Is.EqualTo(Frozen.Report));
    }
}
