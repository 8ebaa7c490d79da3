using System.Text;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.Tests.Server.Access;

public sealed class UsageKeysTests
{
    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _time = null!;
    private UsageKeys _keys = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _time = new ManualTimeProvider();
        _keys = KeyRings.KeysIn(_folder, _time);
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Add_Key_HasItsIdInItsTextAndIsKeptWithoutIt()
    {
        (UsageKey key, string text) = _keys.Add("napari", UsageKeyScopes.Admin, note: "Ada's");

        Assert.That(text, Does.Match($"^ur_{key.Id}_[0-9a-f]{{64}}$"));
        string kept = string.Concat(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(file => File.ReadAllText(file, Encoding.Latin1)));
        Assert.That(kept, Does.Contain(key.Id).And.Not.Contain(text[^64..]));
    }

    [Test]
    public void List_Keys_AreWhatTheyWere()
    {
        DateTimeOffset now = _time.GetUtcNow();
        UsageKey napari = _keys.Add("napari", UsageKeyScopes.Report | UsageKeyScopes.Admin, now.AddDays(1), now.AddDays(2), "Ada's").Key;
        UsageKey first = _keys.Add("a", UsageKeyScopes.Read).Key;

        Assert.That(KeyRings.KeysIn(_folder).List(), Is.EqualTo(new[] { first, napari }));
    }

    [Test]
    public void Revoke_Key_IsRevokedOnceAndStaysInTheList()
    {
        UsageKey key = _keys.Add("napari", UsageKeyScopes.Read).Key;
        DateTimeOffset now = _time.GetUtcNow();

        Assert.That(_keys.Revoke(key.Id), Is.True);
        _time.SetUtcNow(now.AddDays(1));
        Assert.That(_keys.Revoke(key.Id), Is.True);
        Assert.That(_keys.List(), Is.EqualTo(new[] { key with { Revoked = now } }));
        Assert.That(_keys.Revoke("nobody"), Is.False);
    }

    [Test]
    public void List_NoKeyYet_IsEmptyAndMakesNoFolder()
    {
        Assert.That(_keys.List(), Is.Empty);
        Assert.That(Directory.Exists(_folder.Combine("keys")), Is.False);
    }

    [TestCase("{"), TestCase("{}"), TestCase("null")]
    public void Revoke_SomethingElseBeside_RevokesAllTheSame(string content)
    {
        UsageKey key = _keys.Add("napari", UsageKeyScopes.Read).Key;
        File.WriteAllText(_folder.Combine("keys", "a.json"), content);

        Assert.That(_keys.Revoke(key.Id), Is.True);
        Assert.That(_keys.List().Single().Revoked, Is.Not.Null);
    }

    [Test]
    public void Revoke_KeyThatWasCopied_RevokesBoth()
    {
        UsageKey key = _keys.Add("napari", UsageKeyScopes.Read).Key;
        File.Copy(_folder.Combine("keys", $"{key.Id}.json"), _folder.Combine("keys", "copy.json"));

        _keys.Revoke(key.Id);

        Assert.That(_keys.List().Select(known => known.Revoked), Is.EqualTo(new[] { _time.GetUtcNow(), _time.GetUtcNow() }));
    }

    [Test]
    public void Revoke_UnknownBesideAFileThatCannotBeRead_IsNotSaidToBeUnknown()
    {
        _keys.Add("napari", UsageKeyScopes.Read);
        File.CreateSymbolicLink(_folder.Combine("keys", "a.json"), _folder.Combine("keys", "a.json"));

        Assert.That(() => _keys.Revoke("a"), Throws.TypeOf<UsageStoreException>());
    }

    // The command is run as root, and the server is another user.
    [Test]
    public async Task Add_AsRootInTheFolderOfAnother_BelongsToThem()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Missing.Skip("needs root on Linux, who can give files away");
        }

        await ChildProcess.RunAsync("chown", ["12345:12346", _folder.Path]);
        UsageKey key = _keys.Add("napari", UsageKeyScopes.Read).Key;
        await ChildProcess.RunAsync("chown", ["-R", "0:0", _folder.Combine("keys", $"{key.Id}.json")]);
        _keys.Revoke(key.Id);

        ChildResult owners = await ChildProcess.RunAsync("stat", ["-c", "%u:%g", _folder.Combine("keys"), _folder.Combine("keys", $"{key.Id}.json")]);
        Assert.That(owners.Output, Is.EqualTo("12345:12346\n12345:12346\n"));
    }

    [Test]
    public void Add_Key_IsReadableByItsOwnerOnly()
    {
        _keys.Add("napari", UsageKeyScopes.Read);

        Assert.That(
            Directory.GetFiles(_folder.Combine("keys")),
            Has.All.Matches<string>(file =>
                OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)));
    }
}
