using NUnit.Framework;
using UsageReporting.Core.Collectors;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Collectors;

public sealed class InstallTypeCollectorTests
{
    private static readonly (string Kind, Action<FakeMachine> Sign)[] Document000 =
    [
        ("kubernetes", machine => machine.Variables["KUBERNETES_SERVICE_HOST"] = "10.0.0.1"),
        ("podman", machine => machine.Variables["container"] = "podman"),
        ("docker", machine => machine.Files["/.dockerenv"] = ""),
        ("nixos", machine => machine.ExecutablePath = "/nix/store/abc-app-1.0/bin/app"),
        ("snap", machine => machine.Variables["SNAP"] = "/snap/app/1"),
        ("flatpak", machine => machine.Variables["FLATPAK_ID"] = "org.example.App"),
        ("distro", machine => machine.Files[Path.Combine(machine.ApplicationFolder, "distro_info")] = ""),
        ("release", machine => machine.Files[Path.Combine(machine.ApplicationFolder, "build_info")] = ""),
        ("source", _ => { }),
    ];

    // A machine has one application folder, so those that are known by it cannot all be there at once.
    private static readonly (string Kind, Action<FakeMachine> Sign)[] ByFolder =
    [
        ("microsoft-store", machine => machine.ApplicationFolder = @"C:\Program Files\WindowsApps\Example.App_1.0.0.0_x64__abc\"),
        ("winget", machine => machine.ApplicationFolder = @"C:\Users\a\AppData\Local\Microsoft\WinGet\Packages\Example.App\"),
        ("scoop", machine => machine.ApplicationFolder = @"C:\Users\a\scoop\apps\app\current\"),
        ("chocolatey", machine => machine.ApplicationFolder = @"C:\ProgramData\chocolatey\lib\app\tools\"),
        ("homebrew", machine => machine.ApplicationFolder = "/opt/homebrew/Cellar/app/1.0/libexec/"),
    ];

    private static readonly (string Kind, Action<FakeMachine> Sign)[] All =
    [
        ("home-assistant", machine => machine.Variables["SUPERVISOR_TOKEN"] = "secret"),
        Document000[0],
        ("app-service", machine => machine.Variables["WEBSITE_SITE_NAME"] = "example"),
        .. Document000[1..7],
        ByFolder[^1],
        ("dotnet-tool", machine => machine.Files[Path.Combine(machine.ApplicationFolder, "DotnetToolSettings.xml")] = ""),
        ("raspberry-pi-os", machine => machine.Files["/etc/rpi-issue"] = ""),
        ("wsl", machine => machine.Variables["WSL_DISTRO_NAME"] = "Debian"),
        ("windows-service", machine => machine.IsWindowsService = true),
        ("systemd", machine => machine.Variables["SYSTEMD_EXEC_PID"] = "4711"),
        ("single-file", machine => machine.IsSingleFile = true),
        .. Document000[7..],
    ];

    private static readonly string[] Distributions = ["debian", "aur"];
    private static readonly string[] AllWords = [.. InstallTypes.DotNet, .. Distributions];

    private static IEnumerable<TestCaseData> RowsOfDocument000 => Named(Document000);

    private static IEnumerable<TestCaseData> AllRows => Named(All);

    private static IEnumerable<TestCaseData> RowsByFolder => Named(ByFolder);

    [TestCaseSource(nameof(RowsOfDocument000))]
    public async Task CollectAsync_OneSignOfDocument000_IsTheKind(int row) =>
        Assert.That(await DetectAsync(Distributions, Document000[row].Sign), Is.EqualTo(Document000[row].Kind));

    [TestCaseSource(nameof(RowsOfDocument000))]
    public async Task CollectAsync_AllLaterSignsOfDocument000Too_TheFirstWins(int row) =>
        Assert.That(await DetectAsync(Distributions, SignsFrom(Document000, row)), Is.EqualTo(Document000[row].Kind));

    [TestCaseSource(nameof(AllRows))]
    public async Task CollectAsync_OneSign_IsTheKind(int row) =>
        Assert.That(await DetectAsync(AllWords, All[row].Sign), Is.EqualTo(All[row].Kind));

    [TestCaseSource(nameof(AllRows))]
    public async Task CollectAsync_AllLaterSignsToo_TheFirstWins(int row) =>
        Assert.That(await DetectAsync(AllWords, SignsFrom(All, row)), Is.EqualTo(All[row].Kind));

    [TestCaseSource(nameof(RowsByFolder))]
    public async Task CollectAsync_FolderOfAPackageManager_IsItsName(int row)
    {
        Assert.That(await DetectAsync(AllWords, ByFolder[row].Sign), Is.EqualTo(ByFolder[row].Kind));
        Assert.That(
            await DetectAsync(AllWords, ByFolder[row].Sign, machine => machine.IsWindowsService = machine.IsSingleFile = true),
            Is.EqualTo(ByFolder[row].Kind));
        Assert.That(
            await DetectAsync(AllWords, ByFolder[row].Sign, machine => machine.Files["/.dockerenv"] = ""),
            Is.EqualTo("docker"));
    }

    [Test]
    public async Task CollectAsync_OnlyDocument000sWords_NoOtherSignIsLookedFor() =>
        Assert.That(
            await DetectAsync(
                [],
                [.. All.Concat(ByFolder).Where(row => InstallTypes.DotNet.Contains(row.Kind)).Select(row => row.Sign)]),
            Is.EqualTo("source"));

    [Test]
    public async Task CollectAsync_SomeWordsOnly_TheseSignsAreLookedFor() =>
        Assert.That(
            await DetectAsync(
                ["systemd"],
                machine => machine.Variables["WSL_DISTRO_NAME"] = "Debian",
                machine => machine.Variables["SYSTEMD_EXEC_PID"] = "4711"),
            Is.EqualTo("systemd"));

    [TestCaseSource(nameof(AllRows))]
    public async Task CollectAsync_OverrideFile_WinsOverEverySign(int row) =>
        Assert.That(
            await DetectAsync(AllWords, [.. SignsFrom(All, row), Override("aur\n")]),
            Is.EqualTo("aur"));

    [TestCase("docker", "docker")]
    [TestCase("\uFEFFscoop\r\n", "scoop")]
    [TestCase("Docker", "snap")]
    [TestCase("templeos", "snap")]
    [TestCase("docker scoop", "snap")]
    [TestCase("docker\nscoop", "snap")]
    [TestCase("", "snap")]
    public async Task CollectAsync_OverrideFile_CountsOnlyAsOneKnownWord(string content, string expected) =>
        Assert.That(
            await DetectAsync(AllWords, machine => machine.Variables["SNAP"] = "/snap/app/1", Override(content)),
            Is.EqualTo(expected));

    [TestCase("debian", "debian")]
    [TestCase(" aur\n", "aur")]
    [TestCase("Debian", "distro")]
    [TestCase("templeos", "distro")]
    [TestCase("debian aur", "distro")]
    [TestCase("\uFEFFaur", "aur")]
    [TestCase("\u001b[31mdebian", "distro")]
    [TestCase("", "distro")]
    public async Task CollectAsync_DistributionFile_GivesAKnownWordElseDistro(string content, string expected) =>
        Assert.That(
            await DetectAsync(
                Distributions, machine => machine.Files[Path.Combine(machine.ApplicationFolder, "distro_info")] = content),
            Is.EqualTo(expected));

    [TestCase("lxc")]
    [TestCase("Podman")]
    [TestCase("")]
    public async Task CollectAsync_AnotherContainer_IsNotPodman(string container) =>
        Assert.That(
            await DetectAsync(AllWords, machine => machine.Variables["container"] = container), Is.EqualTo("source"));

    [TestCase("1")]
    [TestCase("47110")]
    [TestCase("")]
    public async Task CollectAsync_AnotherProcessIsTheService_IsNotSystemd(string processId) =>
        Assert.That(
            await DetectAsync(AllWords, machine => machine.Variables["SYSTEMD_EXEC_PID"] = processId), Is.EqualTo("source"));

    [TestCase(@"c:\PROGRAMDATA\Chocolatey\LIB\app\", "chocolatey")]
    [TestCase("/usr/local/Caskroom/app/1.0/", "homebrew")]
    [TestCase("/srv/homebrew/app/", "source")]
    [TestCase(@"C:\scoop\app\", "source")]
    public async Task CollectAsync_ApplicationFolder_IsASignWhereAPackageManagerKeepsIts(string folder, string expected) =>
        Assert.That(await DetectAsync(AllWords, machine => machine.ApplicationFolder = folder), Is.EqualTo(expected));

    [Test]
    public async Task CollectAsync_WslWithoutItsVariable_IsKnownByItsFile() =>
        Assert.That(
            await DetectAsync(AllWords, machine => machine.Files["/proc/sys/fs/binfmt_misc/WSLInterop"] = ""),
            Is.EqualTo("wsl"));

    [Test]
    public async Task CollectAsync_ExecutableUnknown_IsNoSign() =>
        Assert.That(await DetectAsync(AllWords, machine => machine.ExecutablePath = null), Is.EqualTo("source"));

    [Test]
    public void FieldFor_FurtherWords_FollowTheNineKinds()
    {
        WordField field = InstallTypeCollector.FieldFor(AllWords);

        Assert.That(field.Words, Is.EqualTo(Document000.Select(row => row.Kind).Concat(AllWords)));
        Assert.That(field.Required, Is.True);
    }

    [Test]
    public void Rows_OfTheTable_AreAllTestedHere() =>
        Assert.That(
            InstallTypeTable.Rows.Select(row => row.Word),
            Is.EquivalentTo(All.Concat(ByFolder).Select(row => row.Kind).Distinct()));

    private static Action<FakeMachine> Override(string content) =>
        machine => machine.Files[Path.Combine(machine.ApplicationFolder, "install_type")] = content;

    // The folder first, so that the files of the others are in it.
    private static Action<FakeMachine>[] SignsFrom((string Kind, Action<FakeMachine> Sign)[] rows, int first) =>
        [.. rows[first..].OrderBy(row => ByFolder.Contains(row) ? 0 : 1).Select(row => row.Sign)];

    private static IEnumerable<TestCaseData> Named((string Kind, Action<FakeMachine> Sign)[] rows) =>
        rows.Index().Select(row => new TestCaseData(row.Index).SetArgDisplayNames(row.Item.Kind));

    private static async Task<string> DetectAsync(IEnumerable<string> furtherWords, params Action<FakeMachine>[] signs)
    {
        FakeMachine machine = new();
        foreach (Action<FakeMachine> sign in signs)
        {
            sign(machine);
        }

        WordField field = InstallTypeCollector.FieldFor(furtherWords);
        UsageValues values = new([field]);
        await new InstallTypeCollector(machine, field).CollectAsync(values, CancellationToken.None);
        return (string)values.Close().Values["install_type"]!;
    }
}
