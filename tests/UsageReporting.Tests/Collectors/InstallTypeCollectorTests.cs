using NUnit.Framework;
using UsageReporting.Core.Collectors;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Collectors;

public sealed class InstallTypeCollectorTests
{
    private const string Distribution = "/usr/lib/app/distro_info";

    private static readonly (string Kind, Action<FakeMachine> Sign)[] Rows =
    [
        ("kubernetes", machine => machine.Variables["KUBERNETES_SERVICE_HOST"] = "10.0.0.1"),
        ("podman", machine => machine.Variables["container"] = "podman"),
        ("docker", machine => machine.Files["/.dockerenv"] = ""),
        ("nixos", machine => machine.ExecutablePath = "/nix/store/abc-app-1.0/bin/app"),
        ("snap", machine => machine.Variables["SNAP"] = "/snap/app/1"),
        ("flatpak", machine => machine.Variables["FLATPAK_ID"] = "org.example.App"),
        ("distro", machine => machine.Files[Distribution] = ""),
        ("release", machine => machine.Files["/usr/lib/app/build_info"] = ""),
        ("source", _ => { }),
    ];

    private static IEnumerable<int> RowNumbers => Enumerable.Range(0, Rows.Length);

    [TestCaseSource(nameof(RowNumbers))]
    public async Task CollectAsync_OneSign_IsTheKind(int row)
    {
        FakeMachine machine = new();
        Rows[row].Sign(machine);

        Assert.That(await DetectAsync(machine), Is.EqualTo(Rows[row].Kind));
    }

    [TestCaseSource(nameof(RowNumbers))]
    public async Task CollectAsync_AllLaterSignsToo_TheFirstWins(int row)
    {
        FakeMachine machine = new();
        foreach ((_, Action<FakeMachine> sign) in Rows[row..])
        {
            sign(machine);
        }

        Assert.That(await DetectAsync(machine), Is.EqualTo(Rows[row].Kind));
    }

    [TestCase("debian", "debian")]
    [TestCase(" homebrew\n", "homebrew")]
    [TestCase("Debian", "distro")]
    [TestCase("templeos", "distro")]
    [TestCase("debian homebrew", "distro")]
    [TestCase("\u001b[31mdebian", "distro")]
    [TestCase("", "distro")]
    public async Task CollectAsync_DistributionFile_GivesAKnownWordElseDistro(string content, string expected)
    {
        FakeMachine machine = new();
        machine.Files[Distribution] = content;

        Assert.That(await DetectAsync(machine), Is.EqualTo(expected));
    }

    [TestCase("lxc")]
    [TestCase("Podman")]
    [TestCase("")]
    public async Task CollectAsync_AnotherContainer_IsNotPodman(string container)
    {
        FakeMachine machine = new();
        machine.Variables["container"] = container;

        Assert.That(await DetectAsync(machine), Is.EqualTo("source"));
    }

    [Test]
    public async Task CollectAsync_ExecutableUnknown_IsNoSign() =>
        Assert.That(await DetectAsync(new FakeMachine { ExecutablePath = null }), Is.EqualTo("source"));

    [Test]
    public void FieldFor_Distributions_FollowTheNineKinds()
    {
        WordField field = InstallTypeCollector.FieldFor(["debian", "homebrew"]);

        Assert.That(field.Words, Is.EqualTo(Rows.Select(row => row.Kind).Concat(["debian", "homebrew"])));
        Assert.That(field.Required, Is.True);
    }

    private static async Task<string> DetectAsync(FakeMachine machine)
    {
        WordField field = InstallTypeCollector.FieldFor(["debian", "homebrew"]);
        UsageValues values = new([field]);
        await new InstallTypeCollector(machine, field).CollectAsync(values, CancellationToken.None);
        return (string)values.Close().Values["install_type"]!;
    }
}
