using System.Runtime.Versioning;
using NUnit.Framework;
using UsageReporting.Core.State;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.Tests.State;

public sealed class FileStateStoreTests : UsageStateStoreConformance
{
    [Test]
    public async Task TryReplaceAsync_Folders_AreMadeAndNothingElseIsLeft()
    {
        await WriteAsync(Store("a", "b"), "one");

        Assert.That(Directory.GetFiles(Folder.Combine("a", "b")), Is.EquivalentTo(
            new[] { Folder.Combine("a", "b", "file"), Folder.Combine("a", "b", "lock") }));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task TryReplaceAsync_EveryFile_CanBeReadByItsOwnerOnly()
    {
        await WriteAsync(Store("state"), "one");

        Assert.That(Convert.ToString((int)File.GetUnixFileMode(Folder.Combine("state")), 8), Is.EqualTo("700"));
        foreach (string file in Directory.GetFiles(Folder.Combine("state")))
        {
            Assert.That(Convert.ToString((int)File.GetUnixFileMode(file), 8), Is.EqualTo("600"), file);
        }
    }

    [TestCase(false), TestCase(true), Property("Case", 105)]
    [UnsupportedOSPlatform("windows")]
    public async Task ReadAsync_PipeThatNobodyWritesTo_IsNull(bool isLink)
    {
        Directory.CreateDirectory(Folder.Combine("state"));
        string pipe = Folder.Combine(isLink ? "pipe" : Path.Combine("state", "file"));
        await ChildProcess.RunAsync("mkfifo", [pipe]);
        if (isLink)
        {
            File.CreateSymbolicLink(Folder.Combine("state", "file"), pipe);
        }

        Task<string?> reading = Task.Run(() => ReadAsync(Store("state")));

        Assert.That(await reading.WaitAsync(TimeSpan.FromSeconds(30)), Is.Null);
    }

    [Test]
    public async Task ReadAsync_LinkToAFile_IsItsText()
    {
        await File.WriteAllTextAsync(Folder.Combine("elsewhere"), "kept elsewhere");
        Directory.CreateDirectory(Folder.Combine("state"));
        File.CreateSymbolicLink(Folder.Combine("state", "file"), Folder.Combine("elsewhere"));

        Assert.That(await ReadAsync(Store("state")), Is.EqualTo("kept elsewhere"));
    }

    [Test]
    public async Task ReadAsync_NoFolder_IsNullAndMakesNothing()
    {
        Assert.That(await ReadAsync(Store("state")), Is.Null);
        Assert.That(await Store("state").TryReplaceAsync("file", null, null, CancellationToken.None), Is.True);

        Assert.That(Directory.EnumerateFileSystemEntries(Folder.Path), Is.Empty);
    }

    [TestCase(2 * 1_024 * 1_024, ExpectedResult = true)]
    [TestCase((2 * 1_024 * 1_024) + 1, ExpectedResult = false), Property("Case", 107)]
    public async Task<bool> ReadAsync_LargeFile_IsLeftAlone(int length)
    {
        await File.WriteAllBytesAsync(Folder.Combine("file"), new byte[length]);

        return await ReadAsync(Store()) is not null;
    }

    [Test, Property("Case", 107)]
    public async Task TryReplaceAsync_FileThatCannotBeRead_IsSetAsideTheFirstTime()
    {
        foreach (string text in new[] { "first", "second" })
        {
            // Of no length, and longer than is read.
            await File.WriteAllBytesAsync(Folder.Combine("file"), text == "first" ? [] : new byte[3 * 1_024 * 1_024]);
            Assert.That(await WriteAsync(Store(), text), Is.True);
            Assert.That(await ReadAsync(Store()), Is.EqualTo(text));
        }

        Assert.That(new FileInfo(Folder.Combine("file.old")).Length, Is.Zero);
    }

    [TestCase("state"), TestCase("state", "file")]
    [Property("Case", 106), Property("Case", 107)]
    public void TryReplaceAsync_LinkToItself_CannotBeReadAndStaysWhereItIs(params string[] path)
    {
        string link = Folder.Combine(path);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, link);

        Assert.That(async () => await ReadAsync(Store("state")), Throws.InstanceOf<IOException>());
        Assert.That(async () => await WriteAsync(Store("state"), "one"), Throws.InstanceOf<IOException>());
        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo(link));
        Assert.That(Folder.Combine("state", "file.old"), Does.Not.Exist);
    }

    [Test]
    public void Place_NoHome_IsWordsAndNothingCanBeWritten()
    {
        FileStateStore store = new(null, new UsageTexts(), TimeProvider.System);

        Assert.That(store.Place, Is.EqualTo("the user's state folder"));
        Assert.That(async () => await WriteAsync(store, "one"), Throws.InstanceOf<IOException>());
        Assert.That(async () => await ReadAsync(store), Is.Null);
    }

    private static IEnumerable<TestCaseData> BadPlaces =>
    [
        Place("a file", path => File.WriteAllText(path, "")),
        Place("below a file", path => File.WriteAllText(Path.GetDirectoryName(path)!, ""), "below", "state"),
        Place("a link that leads nowhere", path => File.CreateSymbolicLink(path, path + "-nowhere")),
        Place("a pipe", path => ChildProcess.RunAsync("mkfifo", [path]).GetAwaiter().GetResult()),
        Place("a path that is too long", _ => { }, [.. Enumerable.Repeat(new string('a', 200), 25)]),
        Place("a name that is too long", _ => { }, new string('a', 300)),
    ];

    [TestCaseSource(nameof(BadPlaces))]
    [Property("Case", 105), Property("Case", 106)]
    public async Task TryReplaceAsync_PlaceThatIsNoFolder_CannotBeWrittenAndIsEmpty(Action<string> make, string[] path)
    {
        make(Folder.Combine(path));

        Assert.That(await ReadAsync(Store(path)), Is.Null);
        Assert.That(async () => await WriteAsync(Store(path), "one"), Throws.Exception);
    }

    [Test, Property("Case", 108)]
    public async Task TryReplaceAsync_LeftoverOfAKilledProcess_IsGone()
    {
        await File.WriteAllTextAsync(Folder.Combine("file.tmp"), "half a f");

        Assert.That(await WriteAsync(Store(), "one"), Is.True);
        Assert.That(await ReadAsync(Store()), Is.EqualTo("one"));
        Assert.That(File.Exists(Folder.Combine("file.tmp")), Is.False);
    }

    [Test, Property("Case", 109)]
    public async Task TryReplaceAsync_LockThatIsNeverGivenBack_GivesUpInTime()
    {
        ManualTimeProvider time = new();
        using FileStream held = await FolderLock.TakeAsync(Folder.Path, TimeProvider.System, CancellationToken.None);
        Task<bool> writing = WriteAsync(new FileStateStore(Folder.Path, new UsageTexts(), time), "one");
        while (!writing.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.That(async () => await writing, Throws.InstanceOf<TimeoutException>());
        Assert.That(time.GetUtcNow() - new ManualTimeProvider().GetUtcNow(), Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(5)));
        Assert.That(File.Exists(Folder.Combine("file")), Is.False);
    }

    [Test, Property("Case", 108)]
    public async Task TryReplaceAsync_TenThousandLeftovers_AreInNobodysWay()
    {
        for (int i = 0; i < 10_000; i++)
        {
            File.WriteAllBytes(Folder.Combine($"file.{i}.tmp"), []);
        }

        Assert.That(await WriteAsync(Store(), "one"), Is.True);
        Assert.That(await ReadAsync(Store()), Is.EqualTo("one"));
    }

    [Test, RequiresTool("flock", "util-linux"), Property("Case", 109)]
    [UnsupportedOSPlatform("windows")]
    public async Task TryReplaceAsync_LockOfAStoppedProcess_IsWaitedForUntilThatIsKilled()
    {
        string file = Folder.Combine("lock");
        await using ChildProcess holder = ChildProcess.Start("flock", ["--no-fork", file, "sh", "-c", "echo held; exec sleep 1000"]);
        await holder.WaitForOutputAsync("held");
        holder.Signal("STOP");
        ManualTimeProvider time = new();
        Task<bool> writing = WriteAsync(new FileStateStore(Folder.Path, new UsageTexts(), time), "one");
        while (!writing.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.That(async () => await writing, Throws.InstanceOf<TimeoutException>());
        holder.Signal("KILL");
        await holder.WaitForExitAsync();
        Assert.That(await WriteAsync(Store(), "two"), Is.True);
    }

    [Test, Property("Case", 109)]
    [UnsupportedOSPlatform("windows")]
    public async Task TryReplaceAsync_LockOfAnEndedProcess_IsNobodys()
    {
        await WriteAsync(Store(), "one");
        await ChildProcess.RunAsync("flock", [Folder.Combine("lock"), "true"]);

        Assert.That(await Store().TryReplaceAsync("file", "one", "two", CancellationToken.None), Is.True);
    }

    protected override IUsageStateStore Open() => Store("shared");

    private static Task<string?> ReadAsync(FileStateStore store) => store.ReadAsync("file", CancellationToken.None).AsTask();

    private static Task<bool> WriteAsync(FileStateStore store, string text) =>
        store.TryReplaceAsync("file", null, text, CancellationToken.None).AsTask();

    private static TestCaseData Place(string name, Action<string> make, params string[] path) =>
        new TestCaseData(make, path.Length == 0 ? ["state"] : path).SetArgDisplayNames(name);

    private FileStateStore Store(params string[] path) => new(Folder.Combine(path), new UsageTexts(), TimeProvider.System);
}
