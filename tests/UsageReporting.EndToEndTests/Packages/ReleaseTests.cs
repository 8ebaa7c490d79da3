using System.Text.Json;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Packages;

/// <summary>What <c>ops/release/pack.sh</c> makes of two copies of the repository, the second one held against the first.</summary>
[Category("Long")]
[Platform("Linux")]
[RequiresTool("git")]
internal sealed class ReleaseTests
{
    private static readonly string[] Packages = [.. Directory.GetDirectories(RepositoryRoot.Combine("src")).Select(folder => Path.GetFileName(folder)!)];

    private TemporaryFolder _folder = null!;
    private RepositoryCopy _second = null!;

    private string First => _folder.Combine("first");

    private string Second => _folder.Combine("second");

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        _folder = new TemporaryFolder();
        RepositoryCopy first = await RepositoryCopy.MakeAsync(_folder.Combine("a"));
        _second = await RepositoryCopy.MakeAsync(_folder.Combine("a-longer-name", "below"), origin: "https://github.com/somebody/a-fork.git");
        ChildResult packed = await first.PackAsync(First);
        Assert.That(packed.ExitCode, Is.Zero, packed.Output + packed.Error);
        packed = await _second.PackAsync(Second, First);
        Assert.That(packed.ExitCode, Is.Zero, packed.Output + packed.Error);
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Pack_InTwoFoldersOneOfAFork_MakesTheSameBytes()
    {
        string[] files = Names(First);

        Assert.That(files, Has.Length.EqualTo((3 * Packages.Length) + 2));
        Assert.That(Names(Second), Is.EqualTo(files));
        Assert.That(
            files.Where(file => !File.ReadAllBytes(Path.Combine(First, file)).SequenceEqual(File.ReadAllBytes(Path.Combine(Second, file)))),
            Is.Empty);
    }

    [TestCaseSource(nameof(Packages))]
    public void Bill_OfEachPackage_NamesWhatIsLocked(string package)
    {
        using JsonDocument bill = JsonDocument.Parse(File.ReadAllBytes(
            Directory.GetFiles(First, $"{package}.0*.cdx.json").Single()));
        string[] components =
        [
            .. bill.RootElement.GetProperty("components").EnumerateArray()
                .Select(component => $"{component.GetProperty("name").GetString()} {component.GetProperty("version").GetString()}"
                    + (component.TryGetProperty("hashes", out _) ? "" : " without a hash")),
        ];

        Assert.That(
            bill.RootElement.GetProperty("metadata").GetProperty("component").GetProperty("purl").GetString(),
            Is.EqualTo($"pkg:nuget/{package}@0.1.0"));
        Assert.That(
            components,
            Is.EquivalentTo([
                .. Locked(package),
                .. Ours(package).Select(ours => $"{ours} 0.1.0 without a hash"),
            ]));
    }

    [Test]
    public async Task Pack_PropertyThatIsGone_IsHeldAgainstTheLastVersion()
    {
        string file = Path.Combine(_second.Folder, "src", "UsageReporting.Testing", "CollectingSink.cs");
        string text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text.Replace("public IReadOnlyList<string> Reports", "internal IReadOnlyList<string> Reports", StringComparison.Ordinal));

        ChildResult packed = await ChildProcess.RunAsync(
            "dotnet",
            [
                "pack", "src/UsageReporting.Testing", "--configuration", "Release", "--output", _folder.Combine("third"),
                $"-p:BaselineFolder={First}", "-p:BaselineVersion=0.1.0", "-p:UseSharedCompilation=false",
            ],
            new ChildOptions
            {
                WorkingDirectory = _second.Folder,
                Environment = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
                Bound = TimeSpan.FromMinutes(10),
            });

        Assert.That(packed.ExitCode, Is.Not.Zero);
        Assert.That(packed.Output, Does.Contain("CP0002").And.Contain("CollectingSink.Reports"));
    }

    // What the lock files say that NuGet brings: the package's own, and those of ours that it uses.
    private static IEnumerable<string> Locked(string package) => Ours(package).Append(package).SelectMany(ours =>
        Dependencies(ours).Where(dependency => dependency.Value.TryGetProperty("resolved", out _))
            .Select(dependency => $"{dependency.Name} {dependency.Value.GetProperty("resolved").GetString()}")).Distinct();

    private static string[] Ours(string package) =>
    [
        .. Packages.Where(ours => Dependencies(package).Any(dependency => dependency.Name.Equals(ours, StringComparison.OrdinalIgnoreCase))),
    ];

    private static JsonProperty[] Dependencies(string package)
    {
        JsonElement locked = JsonElement.Parse(File.ReadAllBytes(RepositoryRoot.Combine("src", package, "packages.lock.json")));
        return [.. locked.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()];
    }

    private static string[] Names(string folder) => [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
}
