using System.Text;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.TestSupport;

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
    public void List_SomethingElse_IsSaid(string content)
    {
        Directory.CreateDirectory(_folder.Combine("keys"));
        File.WriteAllText(_folder.Combine("keys", "a.json"), content);

        Assert.That(_keys.List, Throws.TypeOf<UsageStoreException>().With.Message.Contains(_folder.Combine("keys")));
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
