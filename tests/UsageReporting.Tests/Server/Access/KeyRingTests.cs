using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Access;
using UsageReporting.Server.Products;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Server.Access;

public sealed class KeyRingTests
{
    private const UsageKeyScopes All = UsageKeyScopes.Report | UsageKeyScopes.Read | UsageKeyScopes.Admin;

    private static readonly Product Paperless = new(SeedSchemas.PaperlessNgx);
    private static readonly Product Napari = new(SeedSchemas.Napari);

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

    [TestCase("X-API-Key", "secret", true)]
    [TestCase("Authorization", "Bearer secret", true)]
    [TestCase("Authorization", "bearer secret", true)]
    [TestCase("X-API-Key", "Secret", false)]
    [TestCase("X-API-Key", "", false)]
    [TestCase("Authorization", "secret", false)]
    [TestCase("Authorization", "Basic secret", false)]
    [TestCase("Cookie", "secret", false)]
    public void Find_OperatorsKey_OpensEverythingOrNothing(string header, string value, bool opens) =>
        Assert.That(
            KeyRings.Of(_folder, "secret").Find(RequestWith(header, value), Paperless, UsageKeyScopes.Report).Scopes,
            Is.EqualTo(opens ? All : UsageKeyScopes.None));

    [Test]
    public void Find_HeaderTwice_DoesNotOpen() =>
        Assert.That(
            KeyRings.Of(_folder, "secret").Find(RequestWith("X-API-Key", "secret", "secret"), Paperless, UsageKeyScopes.Report), Is.EqualTo(ShownKey.None));

    [Test]
    public void Find_OneRightAndOneWrong_Opens()
    {
        HttpRequest request = RequestWith("X-API-Key", "of somebody else");
        request.Headers.Authorization = "Bearer secret";

        Assert.That(KeyRings.Of(_folder, "secret").Find(request, Paperless, UsageKeyScopes.Report).Scopes, Is.EqualTo(All));
    }

    [TestCase(null), TestCase("")]
    public void Find_NoKeyConfigured_NothingOpens(string? key) =>
        Assert.That(KeyRings.Of(_folder, key).Find(RequestWith("X-API-Key", ""), Paperless, UsageKeyScopes.Report), Is.EqualTo(ShownKey.None));

    [Test]
    public void Find_ManagedKey_OpensItsScopesOfItsProductOnly()
    {
        (UsageKey key, string text) = _keys.Add("paperless-ngx", UsageKeyScopes.Report | UsageKeyScopes.Read);
        KeyRing ring = Ring();

        Assert.That(
            ring.Find(RequestWith("X-API-Key", text), Paperless, UsageKeyScopes.Report),
            Is.EqualTo(new ShownKey(key.Id, UsageKeyScopes.Report | UsageKeyScopes.Read)));
        Assert.That(ring.Find(RequestWith("X-API-Key", text), Napari, UsageKeyScopes.Report), Is.EqualTo(ShownKey.None));
        Assert.That(ring.Find(RequestWith("X-API-Key", text[..^1]), Paperless, UsageKeyScopes.Report), Is.EqualTo(ShownKey.None));
    }

    [Test]
    public void Find_KeyOfEveryProduct_OpensItsScopesOfEach()
    {
        string ofAll = _keys.Add(UsageKey.EveryProduct, UsageKeyScopes.Read).Text;
        string ofOne = _keys.Add("paperless-ngx", UsageKeyScopes.Read).Text;
        KeyRing ring = Ring();

        Assert.That(ring.Find(RequestWith("X-API-Key", ofAll), Paperless, UsageKeyScopes.Report).Scopes, Is.EqualTo(UsageKeyScopes.Read));
        Assert.That(ring.Find(RequestWith("X-API-Key", ofAll), Napari, UsageKeyScopes.Report).Scopes, Is.EqualTo(UsageKeyScopes.Read));
        Assert.That(ring.FindOfEveryProduct(RequestWith("X-API-Key", ofAll), UsageKeyScopes.Read).Scopes, Is.EqualTo(UsageKeyScopes.Read));
        Assert.That(ring.FindOfEveryProduct(RequestWith("X-API-Key", ofOne), UsageKeyScopes.Read), Is.EqualTo(ShownKey.None));
    }

    [Test]
    public void IsAskedFor_KeyOfEveryProduct_ClosesNone()
    {
        _keys.Add(UsageKey.EveryProduct, UsageKeyScopes.Report);

        Assert.That(Ring().IsAskedFor(Paperless), Is.False);
    }

    [Test, Property("Case", 85)]
    public void Find_OfAnotherTime_OpensNothing()
    {
        DateTimeOffset now = _time.GetUtcNow();
        (_, string text) = _keys.Add(
            "paperless-ngx", UsageKeyScopes.Read, now.AddDays(1), now.AddDays(2));
        KeyRing ring = Ring();

        Assert.That(Opens(), Is.False);
        _time.SetUtcNow(now.AddDays(1));
        Assert.That(Opens(), Is.True);
        _time.SetUtcNow(now.AddDays(2).AddTicks(-1));
        Assert.That(Opens(), Is.True);
        _time.SetUtcNow(now.AddDays(2));
        Assert.That(Opens(), Is.False);

        bool Opens() => ring.Find(RequestWith("X-API-Key", text), Paperless, UsageKeyScopes.Report).Opens(UsageKeyScopes.Read);
    }

    [Test]
    public void LastUsed_KeyThatOpens_IsKnownToTheMinute()
    {
        (UsageKey key, string text) = _keys.Add("paperless-ngx", UsageKeyScopes.Report);
        KeyRing ring = Ring();
        DateTimeOffset first = _time.GetUtcNow();
        Assert.That(ring.LastUsed(key.Id), Is.Null);

        Assert.That(Opens(ring, text));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.That(Opens(ring, text));
        Assert.That(ring.LastUsed(key.Id), Is.EqualTo(first), "Nothing is written for each request.");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(Opens(ring, text));

        Assert.That(ring.LastUsed(key.Id), Is.EqualTo(first.AddMinutes(1)));
    }

    [Test]
    public void Find_SeveralAtOnce_EachOpens()
    {
        string[] texts = [.. Enumerable.Range(0, 3).Select(_ => _keys.Add("paperless-ngx", UsageKeyScopes.Report).Text)];
        KeyRing ring = Ring();

        Assert.That(texts.Select(text => ring.Find(RequestWith("X-API-Key", text), Paperless, UsageKeyScopes.Report).Scopes), Is.All.EqualTo(UsageKeyScopes.Report));
    }

    [Test]
    public void Find_AddedAndRevokedMeanwhile_IsSeenWithinAMoment()
    {
        KeyRing ring = Ring();
        Assert.That(ring.IsAskedFor(Paperless), Is.False);

        (UsageKey key, string text) = _keys.Add("paperless-ngx", UsageKeyScopes.Report);
        Assert.That(() => Opens(ring, text), Is.True.After(10_000, 10));
        _keys.Revoke(key.Id);
        Assert.That(() => Opens(ring, text), Is.False.After(10_000, 10));
        Assert.That(ring.IsAskedFor(Paperless), Is.True, "A product whose last key was revoked is not open.");
    }

    [Test]
    public void Find_KeyBrokenMeanwhile_StaysThatKey()
    {
        (UsageKey key, string text) = _keys.Add("paperless-ngx", UsageKeyScopes.Report);
        KeyRing ring = Ring();

        File.WriteAllText(_folder.Combine("keys", $"{key.Id}.json"), "{");
        (_, string other) = _keys.Add("paperless-ngx", UsageKeyScopes.Report);

        Assert.That(() => Opens(ring, other), Is.True.After(10_000, 10), "The folder is read again.");
        Assert.That(Opens(ring, text), Is.True);
    }

    // A later version's, or a note of the operator's: it may not keep a key that leaked from being revoked.
    [Test]
    public void Find_SomethingElseAmongTheKeys_IsLeftOutAndNamedOnce()
    {
        (UsageKey key, string text) = _keys.Add("paperless-ngx", UsageKeyScopes.Report);
        File.WriteAllText(_folder.Combine("keys", "stray.json"), "{");
        using CapturedLog log = new();
        KeyRing ring = new(null, TestCatalog.Of(_folder), _keys, _time, log.For<KeyRing>());
        Assert.That(Opens(ring, text), Is.True);

        _keys.Revoke(key.Id);

        Assert.That(() => Opens(ring, text), Is.False.After(10_000, 10));
        Assert.That(ring.IsAskedFor(Paperless), Is.True);
        Assert.That(log.Lines, Has.Exactly(1).Contains("stray.json in the folder of keys is left out"));
    }

    [Test]
    public void New_KeyThatIsBroken_IsRefused()
    {
        (UsageKey key, _) = _keys.Add("paperless-ngx", UsageKeyScopes.Report);
        File.WriteAllText(_folder.Combine("keys", $"{key.Id}.json"), "{");

        Assert.That(() => Ring(), Throws.TypeOf<UsageStoreException>().With.Message.Contains($"{key.Id}.json is a key that cannot be understood"));
    }

    // As when a backup is put back.
    [Test]
    public void IsAskedFor_FolderGoneMeanwhile_ProductStaysClosed()
    {
        (_, string text) = _keys.Add("paperless-ngx", UsageKeyScopes.Report);
        using CapturedLog log = new();
        KeyRing ring = new(null, TestCatalog.Of(_folder), _keys, _time, log.For<KeyRing>());

        Directory.Move(_folder.Combine("keys"), _folder.Combine("elsewhere"));

        Assert.That(() => Opens(ring, text) && log.Lines.Any(), Is.True.After(10_000, 10));
        Assert.That(ring.IsAskedFor(Paperless), Is.True);
    }

    [Test]
    public void IsAskedFor_RevokedBeforeItBegan_ClosesNothing()
    {
        (UsageKey key, _) = _keys.Add("paperless-ngx", UsageKeyScopes.Report, notBefore: _time.GetUtcNow().AddDays(1));
        _keys.Revoke(key.Id);
        _time.Advance(TimeSpan.FromDays(2));

        Assert.That(Ring().IsAskedFor(Paperless), Is.False);
    }

    [Test]
    public void New_FolderThatCannotBeListed_IsRefused()
    {
        // Whoever runs the tests may be root, to whom every folder opens.
        Directory.CreateSymbolicLink(_folder.Combine("keys"), _folder.Combine("keys"));

        Assert.That(() => Ring(), Throws.TypeOf<UsageStoreException>().With.Message.StartsWith($"The keys in {_folder.Combine("keys")} cannot be read: "));
    }

    [Test]
    public void New_FileThatCannotBeRead_IsRefused()
    {
        _keys.Add("paperless-ngx", UsageKeyScopes.Report);
        File.CreateSymbolicLink(_folder.Combine("keys", "a.json"), _folder.Combine("keys", "a.json"));

        Assert.That(() => Ring(), Throws.TypeOf<UsageStoreException>());
    }

    [Test]
    public void Find_TwoKeys_IsTheOneThatOpens([Values] bool isFirstTheReader)
    {
        (_, string reporter) = _keys.Add("paperless-ngx", UsageKeyScopes.Report);
        (UsageKey key, string reader) = _keys.Add("paperless-ngx", UsageKeyScopes.Read);
        HttpRequest request = RequestWith("X-API-Key", isFirstTheReader ? reader : reporter);
        request.Headers.Authorization = $"Bearer {(isFirstTheReader ? reporter : reader)}";

        Assert.That(Ring().Find(request, Paperless, UsageKeyScopes.Read), Is.EqualTo(new ShownKey(key.Id, UsageKeyScopes.Read)));
    }

    [Test]
    public void IsAskedFor_OnlyAKeyOfLater_IsOpenUntilThen()
    {
        _keys.Add("paperless-ngx", UsageKeyScopes.Report, notBefore: _time.GetUtcNow().AddDays(1));
        KeyRing ring = Ring();

        Assert.That(ring.IsAskedFor(Paperless), Is.False);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.That(ring.IsAskedFor(Paperless), Is.True);
    }

    [TestCase(UsageKeyScopes.Report, true)]
    [TestCase(UsageKeyScopes.Read, false)]
    [TestCase(UsageKeyScopes.Admin, false)]
    public void IsAskedFor_AKeyOfTheProduct_ClosesIfItIsForReports(UsageKeyScopes scopes, bool isAskedFor)
    {
        _keys.Add("paperless-ngx", scopes);
        KeyRing ring = Ring();

        Assert.That(ring.IsAskedFor(Paperless), Is.EqualTo(isAskedFor));
        Assert.That(ring.IsAskedFor(Napari), Is.False);
    }

    [Test]
    public void Find_ProductsOwnKeyOfTheSettings_IsForItsReports()
    {
        File.WriteAllBytes(_folder.Combine("paperless.json"), SeedSchemas.PaperlessNgxJson);
        ProductCatalog catalog = ProductCatalog.Load(
            [new ProductDeclaration("paperless-ngx", _folder.Combine("paperless.json")) { ApiKey = "label" }], out _);
        KeyRing ring = new(null, catalog, _keys, _time, NullLogger<KeyRing>.Instance);

        Assert.That(ring.IsAskedFor(Paperless), Is.True);
        Assert.That(ring.Find(RequestWith("X-API-Key", "label"), Paperless, UsageKeyScopes.Report).Scopes, Is.EqualTo(UsageKeyScopes.Report));
        Assert.That(ring.Find(RequestWith("X-API-Key", "label"), Napari, UsageKeyScopes.Report), Is.EqualTo(ShownKey.None));
    }

    private static bool Opens(KeyRing ring, string text) =>
        ring.Find(RequestWith("X-API-Key", text), Paperless, UsageKeyScopes.Report).Opens(UsageKeyScopes.Report);

    private KeyRing Ring() => KeyRings.Of(_folder, time: _time);

    private static HttpRequest RequestWith(string header, params string[] values)
    {
        DefaultHttpContext context = new();
        context.Request.Headers[header] = values;
        return context.Request;
    }
}
