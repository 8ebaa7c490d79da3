using System.Runtime.Versioning;
using NUnit.Framework;
using UsageReporting.Core.State;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.State;

public sealed class StateFolderTests
{
    private CapturedLog _log = null!;
    private TemporaryFolder _root = null!;

    [SetUp]
    public void StartFolder()
    {
        _log = new CapturedLog();
        _root = new TemporaryFolder();
    }

    [TearDown]
    public void EndFolder()
    {
        _root.Dispose();
        _log.Dispose();
    }

    [Test]
    public void TryWrite_NewFile_IsMadeAndReplaced()
    {
        StateFolder folder = Folder("a", "b");

        Assert.That(folder.TryWrite("file", "one"), Is.True);
        Assert.That(folder.TryWrite("file", "two"), Is.True);
        Assert.That(folder.Read("file"), Is.EqualTo("two"));
        Assert.That(Directory.GetFiles(_root.Combine("a", "b")), Has.Length.EqualTo(1));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void TryWrite_NewFile_CanBeReadByItsOwnerOnly()
    {
        Folder("state").TryWrite("file", "one");

        Assert.That(Convert.ToString((int)File.GetUnixFileMode(_root.Combine("state")), 8), Is.EqualTo("700"));
        Assert.That(Convert.ToString((int)File.GetUnixFileMode(_root.Combine("state", "file")), 8), Is.EqualTo("600"));
    }

    [Test]
    public void TryCreate_FileThatIsThere_IsFalseAndLeavesIt()
    {
        StateFolder folder = Folder("state");

        Assert.That((folder.TryCreate("file", "one"), folder.TryCreate("file", "two")), Is.EqualTo((KeepResult.Kept, KeepResult.AnotherIsKept)));
        Assert.That(folder.Read("file"), Is.EqualTo("one"));
    }

    [TestCase(false), TestCase(true), Property("Case", 105)]
    [UnsupportedOSPlatform("windows")]
    public async Task Read_PipeThatNobodyWritesTo_IsNull(bool isLink)
    {
        Directory.CreateDirectory(_root.Combine("state"));
        string pipe = _root.Combine(isLink ? "pipe" : Path.Combine("state", "file"));
        await using (ChildProcess mkfifo = ChildProcess.Start("mkfifo", [pipe]))
        {
            await mkfifo.WaitForExitAsync();
        }

        if (isLink)
        {
            File.CreateSymbolicLink(_root.Combine("state", "file"), pipe);
        }

        Task<string?> reading = Task.Run(() => Folder("state").Read("file"));

        Assert.That(await reading.WaitAsync(TimeSpan.FromSeconds(30)), Is.Null);
    }

    [Test]
    public void Read_LinkToAFile_IsItsText()
    {
        File.WriteAllText(_root.Combine("elsewhere"), "kept elsewhere");
        Directory.CreateDirectory(_root.Combine("state"));
        File.CreateSymbolicLink(_root.Combine("state", "file"), _root.Combine("elsewhere"));

        Assert.That(Folder("state").Read("file"), Is.EqualTo("kept elsewhere"));
    }

    [Test]
    public void Read_NoFolderOrNoFile_IsNullAndMakesNothing()
    {
        Assert.That(Folder("state").Read("file"), Is.Null);
        Folder("state").TryDelete("file");

        Assert.That(Directory.EnumerateFileSystemEntries(_root.Path), Is.Empty);
        Assert.That(_log.Lines, Is.Empty);
    }

    [TestCase(2 * 1_024 * 1_024, ExpectedResult = true)]
    [TestCase((2 * 1_024 * 1_024) + 1, ExpectedResult = false)]
    public bool Read_LargeFile_IsLeftAlone(int length)
    {
        File.WriteAllBytes(_root.Combine("file"), new byte[length]);

        return Folder().Read("file") is not null;
    }

    [Test]
    public void TryDelete_File_IsGoneAndAgainIsNothing()
    {
        StateFolder folder = Folder("state");
        folder.TryWrite("file", "one");

        folder.TryDelete("file");
        folder.TryDelete("file");

        Assert.That(folder.Read("file"), Is.Null);
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public void Place_NoHome_IsWordsAndNothingCanBeWritten()
    {
        StateFolder folder = new(null, _log.For<StateFolder>());

        Assert.That(folder.Place, Is.EqualTo("the user's state folder"));
        Assert.That(folder.TryWrite("file", "one"), Is.False);
        Assert.That(folder.TryCreate("file", "one"), Is.EqualTo(KeepResult.NoPlace));
        Assert.That(folder.Read("file"), Is.Null);
        Assert.That(() => folder.TryDelete("file"), Throws.Nothing);
    }

    private static IEnumerable<TestCaseData> BadPlaces =>
    [
        Place("a file", path => File.WriteAllText(path, "")),
        Place("below a file", path => File.WriteAllText(Path.GetDirectoryName(path)!, ""), "below", "state"),
        Place("a link that leads nowhere", path => File.CreateSymbolicLink(path, path + "-nowhere")),
        Place("a link to itself", path => File.CreateSymbolicLink(path, path)),
        Place("a path that is too long", _ => { }, [.. Enumerable.Repeat(new string('a', 200), 25)]),
        Place("a name that is too long", _ => { }, new string('a', 300)),
    ];

    [TestCaseSource(nameof(BadPlaces))]
    [Description("cases 105 and 106")]
    public void TryWrite_PlaceThatIsNoFolder_IsFalseAndLoggedWithoutThePath(Action<string> make, string[] path)
    {
        make(_root.Combine(path));
        StateFolder folder = Folder(path);

        Assert.That(folder.Read("file"), Is.Null);
        Assert.That(folder.TryWrite("file", "one"), Is.False);
        Assert.That(folder.TryCreate("file", "one"), Is.EqualTo(KeepResult.NoPlace));
        Assert.That(() => folder.TryDelete("file"), Throws.Nothing);
        Assert.That(_log.Lines, Is.Not.Empty.And.None.Contains(_root.Path));
    }

    [Test(Description = "case 105")]
    public async Task Read_FolderIsAPipe_DoesNotWait()
    {
        await ChildProcess.RunAsync("mkfifo", [_root.Combine("state")]);

        Assert.That(Folder("state").Read("file"), Is.Null);
        Assert.That(Folder("state").TryWrite("file", "one"), Is.False);
    }

    [Test(Description = "case 108")]
    public void TryWrite_LeftoversOfKilledProcesses_AreInNobodysWay()
    {
        for (int i = 0; i < 1_000; i++)
        {
            File.WriteAllText(_root.Combine($"file.{i}.tmp"), "half a f");
        }

        Assert.That(Folder().TryWrite("file", "one"), Is.True);
        Assert.That(Folder().Read("file"), Is.EqualTo("one"));
    }

    [Test(Description = "case 110")]
    public void TryWrite_ManyAtOnce_LeavesOneOfThemWhole()
    {
        string[] texts = [.. Enumerable.Range(0, 32).Select(i => new string((char)('a' + i), 10_000))];
        StateFolder folder = Folder();

        Parallel.ForEach(texts, text => Assert.That(folder.TryWrite("file", text), Is.True));

        Assert.That(texts, Does.Contain(folder.Read("file")));
        Assert.That(Directory.GetFiles(_root.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void SetAside_DamagedFile_KeepsTheFirstOnly()
    {
        StateFolder folder = Folder();
        foreach (string damaged in new[] { "first", "second" })
        {
            folder.TryWrite("file", damaged);
            folder.SetAside("file");
        }

        Assert.That(folder.Read("file.old"), Is.EqualTo("first"));
        Assert.That(folder.Read("file"), Is.EqualTo("second"));
    }

    private static TestCaseData Place(string name, Action<string> make, params string[] path) =>
        new TestCaseData(make, path.Length == 0 ? ["state"] : path).SetArgDisplayNames(name);

    private StateFolder Folder(params string[] path) => new(_root.Combine(path), _log.For<StateFolder>());
}
