using System.Text;
using NUnit.Framework;
using UsageReporting.Core.Identity;
using UsageReporting.Core.State;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Identity;

public sealed class StableIdentityTests
{
    private CapturedLog _log = null!;
    private TemporaryFolder _folder = null!;
    private StableIdentity _identity = null!;

    private string File => _folder.Combine("usage_uuid");

    [SetUp]
    public void StartIdentity()
    {
        _log = new CapturedLog();
        _folder = new TemporaryFolder();
        _identity = NewProcess();
    }

    [TearDown]
    public void EndIdentity()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Test]
    public async Task Find_NothingKept_IsOneNewVersion4Id()
    {
        InstallationId id = await FindAsync(_identity);

        Assert.That(id.Value, Does.Match(@"\A[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z"));
        Assert.That(id.Origin == IdOrigin.Kept, Is.False);
        Assert.That(await FindAsync(_identity), Is.EqualTo(id));
        Assert.That(await FindAsync(NewProcess()), Is.Not.EqualTo(id));
        Assert.That(Directory.EnumerateFiles(_folder.Path), Is.Empty);
    }

    [TestCase("f81d4fae-7dec-4d0a-a765-00a0c91e6bf6")]
    [TestCase("f81d4fae-7dec-4d0a-a765-00a0c91e6bf6\n")]
    [TestCase("f81d4fae-7dec-4d0a-a765-00a0c91e6bf6\r\n")]
    [TestCase("\uFEFFf81d4fae-7dec-4d0a-a765-00a0c91e6bf6\r\n")]
    [TestCase("\uFEFF\uFEFF f81d4fae-7dec-4d0a-a765-00a0c91e6bf6")]
    [TestCase("  F81D4FAE-7DEC-4D0A-A765-00A0C91E6BF6 \n\n")]
    public async Task Find_FileThatAnEditorTouched_IsTheIdInLowerCase(string content)
    {
        System.IO.File.WriteAllText(File, content);

        Assert.That(await FindAsync(_identity), Is.EqualTo(new InstallationId(Paperless.Id, IdOrigin.Kept)));
    }

    [Test]
    public async Task Find_FileInUtf16_IsTheId()
    {
        System.IO.File.WriteAllText(File, Paperless.Id, Encoding.Unicode);

        Assert.That(await FindAsync(_identity), Is.EqualTo(new InstallationId(Paperless.Id, IdOrigin.Kept)));
    }

    private static IEnumerable<TestCaseData> Damaged =>
    [
        Content("no bytes", ""),
        Content("blanks", " \n"),
        Content("version 1", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        Content("version 7", "a1b2c3d4-e5f6-7890-abcd-ef1234567890"),
        Content("nil", "00000000-0000-0000-0000-000000000000"),
        Content("another variant", "f81d4fae-7dec-4d0a-c765-00a0c91e6bf6"),
        Content("braces", "{f81d4fae-7dec-4d0a-a765-00a0c91e6bf6}"),
        Content("no hyphens", "f81d4fae7dec4d0aa76500a0c91e6bf6"),
        Content("URN", "urn:uuid:f81d4fae-7dec-4d0a-a765-00a0c91e6bf6"),
        Content("a sign, which Guid takes", "+81d4fae-7dec-4d0a-a765-00a0c91e6bf6"),
        Content("a prefix, which Guid takes", "0x1d4fae-7dec-4d0a-a765-00a0c91e6bf6"),
        Content("two ids", "f81d4fae-7dec-4d0a-a765-00a0c91e6bf6\nf81d4fae-7dec-4d0a-a765-00a0c91e6bf6"),
        Content("cut off", "f81d4fae-7dec-4d0a-a765-00a0c91e6bf"),
        Content("zeros", new string('\0', 36)),
        Content("noise", "\u001b[31m\ud83e\udd86"),
        Content("a megabyte", new string('a', 1_000_000)),
    ];

    [TestCaseSource(nameof(Damaged))]
    [Property("Case", 107)]
    public async Task Keep_DamagedFile_IsReplaced(string content)
    {
        System.IO.File.WriteAllText(File, content);
        InstallationId id = await FindAsync(_identity);

        Assert.That(id.Origin == IdOrigin.Kept, Is.False);
        Assert.That(await _identity.KeepAsync(id), Is.EqualTo(KeepResult.Kept));
        Assert.That(System.IO.File.ReadAllText(File), Is.EqualTo(id.Value + "\n"));
        Assert.That(await FindAsync(NewProcess()), Is.EqualTo(id with { Origin = IdOrigin.Kept }));
        Assert.That(System.IO.File.ReadAllText(File + ".old"), Is.EqualTo(content));
    }

    [Test]
    public async Task TryForget_KeptId_TheNextIsAnother()
    {
        InstallationId id = await FindAsync(_identity);
        await _identity.KeepAsync(id);

        Assert.That(await _identity.TryForgetAsync(), Is.True);

        Assert.That((await FindAsync(NewProcess())).Origin, Is.EqualTo(IdOrigin.Drawn));
        Assert.That(System.IO.File.Exists(File), Is.False);
    }

    [Test]
    public async Task TryForget_KeptId_TheNextOfTheSameProcessIsAnother()
    {
        InstallationId id = await FindAsync(_identity);
        await _identity.KeepAsync(id);
        await _identity.TryForgetAsync();

        InstallationId next = await FindAsync(_identity);

        Assert.That((next.Origin, next.Value == id.Value), Is.EqualTo((IdOrigin.Drawn, false)));
    }

    [Test]
    public async Task Keep_ForgottenWhileTheQuestionStood_IsNotKept()
    {
        await _identity.KeepAsync(await FindAsync(_identity));
        InstallationId shown = await FindAsync(_identity);
        await NewProcess().TryForgetAsync();

        Assert.That(await _identity.KeepAsync(shown), Is.EqualTo(KeepResult.AnotherIsKept));
        Assert.That(System.IO.File.Exists(File), Is.False);
    }

    [Test]
    public async Task Keep_LinkThatLeadsNowhere_IsReplaced()
    {
        System.IO.File.CreateSymbolicLink(File, _folder.Combine("nowhere"));
        InstallationId id = await FindAsync(_identity);

        Assert.That(await _identity.KeepAsync(id), Is.EqualTo(KeepResult.Kept));
        Assert.That(await FindAsync(NewProcess()), Is.EqualTo(id with { Origin = IdOrigin.Kept }));
        Assert.That(System.IO.File.Exists(_folder.Combine("nowhere")), Is.False);
    }

    [Test]
    public async Task Keep_FolderInThePlaceOfTheFile_IsNoPlace()
    {
        Directory.CreateDirectory(File);

        Assert.That(await _identity.KeepAsync(await FindAsync(_identity)), Is.EqualTo(KeepResult.NoPlace));
    }

    [Test]
    public async Task Keep_AnotherIsKeptMeanwhile_LeavesIt()
    {
        InstallationId id = await FindAsync(_identity);
        System.IO.File.WriteAllText(File, Paperless.Id);

        Assert.That(await _identity.KeepAsync(id), Is.EqualTo(KeepResult.AnotherIsKept));
        Assert.That((await FindAsync(_identity)).Value, Is.EqualTo(Paperless.Id));
    }

    [Test]
    public async Task Keep_Twice_IsKept()
    {
        InstallationId id = await FindAsync(_identity);

        Assert.That((await _identity.KeepAsync(id), await _identity.KeepAsync(id)), Is.EqualTo((KeepResult.Kept, KeepResult.Kept)));
    }

    [Test, Property("Case", 110)]
    public async Task Keep_SixtyFourAtOnce_OnlyOneIdIsKept()
    {
        // Each in a folder object and with a candidate of its own, as processes have them; only the number is shared.
        StableIdentity[] processes = [.. Enumerable.Range(0, 64).Select(_ => NewProcess())];
        InstallationId[] shown = await Task.WhenAll(processes.Select(FindAsync));

        KeepResult[] results = await Task.WhenAll(processes.Select((process, i) => process.KeepAsync(shown[i])));

        string kept = (await FindAsync(NewProcess())).Value;
        Assert.That(results.Count(result => result == KeepResult.Kept), Is.EqualTo(1));
        Assert.That(shown[Array.IndexOf(results, KeepResult.Kept)].Value, Is.EqualTo(kept));
        Assert.That(Directory.GetFiles(_folder.Path), Is.EquivalentTo(new[] { File, _folder.Combine("lock") }));
    }

    private static TestCaseData Content(string name, string content) =>
        new TestCaseData(content).SetArgDisplayNames(name);

    private static async Task<InstallationId> FindAsync(StableIdentity identity) =>
        (await identity.FindAsync(CancellationToken.None))!;

    private StableIdentity NewProcess() => new(TestState.In(_folder.Path, _log));
}
