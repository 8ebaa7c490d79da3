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
        _spool = new Spool(TestState.In(_folder.Path, _log));
    }

    [TearDown]
    public void EndSpool()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Test]
    public async Task Read_Written_IsTheSame()
    {
        Assert.That(await FreezeAsync(Frozen), Is.EqualTo(KeepResult.Kept));
        FrozenReport read = (await _spool.ReadAsync())!;

        Assert.That((read.Report, read.Begun.Single(), read.Done.Single()), Is.EqualTo((Frozen.Report, Frozen.Begun[0], Frozen.Done[0])));
    }

    [Test]
    public async Task Read_WrittenBeforeThereWereLevels_IsOfLevelFull()
    {
        await FreezeAsync(Frozen with { Level = UsageLevel.Basic });
        string text = await System.IO.File.ReadAllTextAsync(File);
        Assert.That((await _spool.ReadAsync())?.Level, Is.EqualTo(UsageLevel.Basic));

        await System.IO.File.WriteAllTextAsync(File, text.Replace(",\"level\":\"Basic\"", "", StringComparison.Ordinal));

        Assert.That((await _spool.ReadAsync())?.Level, Is.EqualTo(UsageLevel.Full));
    }

    [Test]
    public async Task Read_RenderingThatIsNull_IsNone()
    {
        await FreezeAsync(Frozen with { Rendered = new Dictionary<string, string> { ["a"] = "first", ["b"] = "second" } });
        string text = await System.IO.File.ReadAllTextAsync(File);
        await System.IO.File.WriteAllTextAsync(File, text.Replace("\"first\"", "null", StringComparison.Ordinal));

        FrozenReport read = (await _spool.ReadAsync())!;

        Assert.That(read.Rendered, Is.EqualTo(new Dictionary<string, string> { ["b"] = "second" }));
        Assert.That(read.TextFor("a"), Is.EqualTo(Frozen.Report));
    }

    [Test]
    public async Task Freeze_LargestReport_CanBeReadAgain()
    {
        // Nothing but quotation marks is the worst that a report can hold.
        FrozenReport largest = Frozen with { Report = new string('"', 65_536) };

        Assert.That(await FreezeAsync(largest), Is.EqualTo(KeepResult.Kept));
        Assert.That((await _spool.ReadAsync())?.Report, Is.EqualTo(largest.Report));
    }

    [Test]
    public async Task Drop_Written_IsGone()
    {
        await FreezeAsync(Frozen);
        await _spool.NoteAsync(Frozen, _ => null);

        Assert.That(await _spool.ReadAsync(), Is.Null);
        Assert.That(System.IO.File.Exists(File), Is.False);
    }

    [Test, Property("Case", 107)]
    public async Task Read_CutOffAnywhere_IsNull()
    {
        await FreezeAsync(Frozen);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.That(await _spool.ReadAsync(), Is.Null, $"after {length} bytes");
        }
    }

    [Test, Property("Case", 107)]
    public async Task Read_AnyBitFlipped_NeverThrows()
    {
        await FreezeAsync(Frozen);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            System.IO.File.WriteAllBytes(File, flipped);
            Assert.That(_spool.ReadAsync, Throws.Nothing, $"bit {bit}");
        }
    }

    [Test]
    public async Task Note_AnotherWasFrozenMeanwhile_StaysAsItIs()
    {
        FrozenReport other = Frozen with { At = Frozen.At.AddDays(8), Begun = [], Done = [] };
        await FreezeAsync(other);

        Assert.That(
            await _spool.NoteAsync(Frozen, frozen => frozen.WithDone("console")),
            Is.EqualTo((KeepResult.AnotherIsKept, (FrozenReport?)null)));
        Assert.That((await _spool.NoteAsync(Frozen, _ => null)).Result, Is.EqualTo(KeepResult.AnotherIsKept));
        Assert.That((await _spool.ReadAsync())!.IsExactly(other), Is.True);
    }

    [Test]
    public async Task Note_NothingIsFrozenAnyMore_IsNotFrozenAgain()
    {
        Assert.That(
            await _spool.NoteAsync(Frozen, frozen => frozen.WithBegun("console")),
            Is.EqualTo((KeepResult.AnotherIsKept, (FrozenReport?)null)));
        Assert.That(await _spool.ReadAsync(), Is.Null);
    }

    [Test]
    public async Task Note_AnotherProcessNotedMeanwhile_KeepsBoth()
    {
        FrozenReport report = Frozen with { Begun = [], Done = [] };
        await FreezeAsync(report);
        await _spool.NoteAsync(report, frozen => frozen.WithDone("one"));

        (KeepResult result, FrozenReport? before) = await _spool.NoteAsync(report, frozen => frozen.WithBegun("two"));

        Assert.That((result, before!.Done.Single()), Is.EqualTo((KeepResult.Kept, "one")));
        FrozenReport now = (await _spool.ReadAsync())!;
        Assert.That((now.Done.Single(), now.Begun.Single()), Is.EqualTo(("one", "two")));
    }

    [TestCase(true, ExpectedResult = "{}")]
    [TestCase(false, ExpectedResult = Paperless.Report)]
    public async Task<string> Freeze_AnotherIsFrozen_StaysWhileItWaits(bool isWaiting)
    {
        await FreezeAsync(Frozen with { Report = "{}" });

        KeepResult result = await _spool.FreezeAsync(Frozen, _ => Task.FromResult(isWaiting));

        Assert.That(result, Is.EqualTo(isWaiting ? KeepResult.AnotherIsKept : KeepResult.Kept));
        return (await _spool.ReadAsync())!.Report;
    }

    [TestCase("\uFEFF")]
    [TestCase("\r\n")]
    public async Task Read_FileThatAnEditorTouched_IsTheSame(string before)
    {
        await FreezeAsync(Frozen);
        System.IO.File.WriteAllText(File, before + System.IO.File.ReadAllText(File) + "\r\n");

        Assert.That((await _spool.ReadAsync())?.Report, Is.EqualTo(Frozen.Report));
    }

    private Task<KeepResult> FreezeAsync(FrozenReport report) => _spool.FreezeAsync(report, _ => Task.FromResult(false));
}
