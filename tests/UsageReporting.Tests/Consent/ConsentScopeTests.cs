using NUnit.Framework;
using UsageReporting.Core.Consent;
using UsageReporting.Core.State;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Consent;

/// <summary>A choice that counts for everybody who runs this copy of the application: document 002's, once for an environment.</summary>
public sealed class ConsentScopeTests
{
    private TemporaryFolder _folder = null!;

    private string Shared => _folder.Combine("app", "usage-reporting", "consent.json");

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task SetConsentAsync_Installation_CountsForEverybodyInIt()
    {
        await ChooseAsync("ann", ConsentChoice.Yes);

        Assert.That(await BecauseAsync("bob"), Is.EqualTo("On: a yes for everybody here is kept since 2026-05-18"));
        Assert.That(_folder.Combine("ann", "consent.json"), Does.Not.Exist);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.That(
            File.GetUnixFileMode(Shared), Is.EqualTo(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead));
    }

    [Test]
    public async Task SetConsentAsync_NobodyMayWriteForEverybody_CountsForThePerson()
    {
        await File.WriteAllTextAsync(_folder.Combine("app"), "a file, not a folder");

        await ChooseAsync("ann", ConsentChoice.Yes);

        Assert.That(await BecauseAsync("ann"), Is.EqualTo("On: you said yes on 2026-05-18"));
        Assert.That(await BecauseAsync("bob"), Is.EqualTo("Ask: nothing is sent unless you say yes"));
    }

    [TestCase(ConsentChoice.No, "Off: you said no on 2026-05-18")]
    [TestCase(ConsentChoice.Local, "Local: you chose on 2026-05-18 to keep it here")]
    public async Task SetConsentAsync_OwnRefusal_IsStrongerThanTheYesOfAll(ConsentChoice choice, string because)
    {
        await ChooseAsync("ann", ConsentChoice.Yes);
        byte[] yes = await File.ReadAllBytesAsync(Shared);

        // Bob may read what is there for all, and not write.
        Directory.Move(_folder.Combine("app"), _folder.Combine("away"));
        await File.WriteAllTextAsync(_folder.Combine("app"), "a file, not a folder");
        await ChooseAsync("bob", choice);
        File.Delete(_folder.Combine("app"));
        Directory.CreateDirectory(Path.GetDirectoryName(Shared)!);
        await File.WriteAllBytesAsync(Shared, yes);

        Assert.That(await BecauseAsync("bob"), Is.EqualTo(because));
        Assert.That(await BecauseAsync("ann"), Is.EqualTo("On: a yes for everybody here is kept since 2026-05-18"));
    }

    [Test]
    public async Task SetConsentAsync_NoOfAll_IsStrongerThanAnOwnYes()
    {
        await File.WriteAllTextAsync(_folder.Combine("app"), "a file, not a folder");
        await ChooseAsync("ann", ConsentChoice.Yes);
        File.Delete(_folder.Combine("app"));

        await ChooseAsync("bob", ConsentChoice.No);

        Assert.That(await BecauseAsync("ann"), Is.EqualTo("Off: a no for everybody here is kept since 2026-05-18"));
    }

    [Test]
    public async Task TryWriteToldAsync_OwnNoMeanwhile_StaysANo()
    {
        using CapturedLog log = new();
        UsageState own = TestState.In(_folder.Combine("ann"), log);
        ConsentRecords records = new(own, TestState.In(_folder.Combine("app"), log), Paperless.Schema);
        ConsentRecord no = new(ConsentChoice.No, UsageLevel.None, DateTimeOffset.UnixEpoch, Until: null, Terms: null);
        await new ConsentRecords(own, shared: null, Paperless.Schema).TryWriteAsync(no);

        await records.TryWriteToldAsync(no with { Choice = null, Terms = new ConsentTerms(Paperless.Schema, []) });

        Assert.That((await records.ReadAsync()).Record, Is.EqualTo(no));
    }

    [TestCase(true), TestCase(false)]
    public async Task GetStatusAsync_ChoiceThatCannotBeRead_IsOffWhateverTheOtherSays(bool isShared)
    {
        await ChooseAsync("ann", ConsentChoice.Yes);
        string own = _folder.Combine("ann", "consent.json");
        string unreadable = isShared ? Shared : own;
        Directory.CreateDirectory(_folder.Combine("ann"));
        if (isShared)
        {
            File.Move(Shared, own);
        }

        File.CreateSymbolicLink(unreadable, unreadable);

        Assert.That(await BecauseAsync("ann"), Is.EqualTo($"Off: {unreadable} cannot be read"));
    }

    // An operator may put the application's folder where the choice of all is kept.
    [TestCase(ConsentChoice.No, "Off: you said no on 2026-05-18")]
    [TestCase(ConsentChoice.Yes, "On: you said yes on 2026-05-18")]
    public async Task SetConsentAsync_OwnFolderIsThatOfAll_IsKept(ConsentChoice choice, string because)
    {
        string folder = Path.Combine("app", "usage-reporting");

        await ChooseAsync(folder, choice);

        Assert.That(await BecauseAsync(folder), Is.EqualTo(because));
        using TestClient client = Client(folder);
        Assert.That((await client.Reporter.GetDetailsAsync()).Kept.Select(kept => kept.Place), Is.Unique);
    }

    private async Task ChooseAsync(string person, ConsentChoice choice)
    {
        using TestClient client = Client(person);
        Assert.That(await client.Reporter.SetConsentAsync(choice), Is.True);
    }

    private async Task<string> BecauseAsync(string person)
    {
        using TestClient client = Client(person);
        ConsentDecision decision = (await client.Reporter.GetStatusAsync()).Decision;
        return $"{decision.State}: {decision.Because}";
    }

    private TestClient Client(string person)
    {
        TestClient client = new(_folder.Combine(person), new ScriptedSink())
        {
            Configure = options =>
            {
                options.Consent = ConsentMode.OptIn;
                options.Scope = ConsentScope.Installation;
            },
        };
        client.Machine.ApplicationFolder = _folder.Combine("app");
        return client;
    }
}
