using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Packages;

/// <summary>The packages as they would be published, and an application that has nothing but them.</summary>
[TestFixture]
[Category("Long")]
internal sealed partial class PackagesTests
{
    private PackageFeed _feed = null!;

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        _feed = new PackageFeed();
        await _feed.PackAsync(PackageFeed.Packages);
    }

    [OneTimeTearDown]
    public void Delete() => _feed.Dispose();

    [TestCaseSource(typeof(PackageFeed), nameof(PackageFeed.Packages))]
    public void Package_OfEach_HasReadmeLicenceAndDocumentation(string id)
    {
        using Package package = _feed.Package(id);

        XElement documentation = XElement.Parse(package.Text($"lib/net10.0/{id}.xml"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(package.Metadata("readme").Single().Value, Is.EqualTo("README.md"));
            Assert.That(package.Text("README.md"), Is.EqualTo(File.ReadAllText(RepositoryRoot.Combine("src", id, "README.md"))));
            Assert.That(package.Metadata("license").Single().Value, Is.EqualTo("MIT"));
            Assert.That(documentation.Descendants("summary").Count(), Is.Positive);
        }
    }

    [TestCaseSource(typeof(PackageFeed), nameof(PackageFeed.Packages))]
    public void Symbols_OfEach_AreThoseOfItsAssembly(string id)
    {
        using Package package = _feed.Package(id);
        using Package symbols = _feed.Symbols(id);

        Assert.That(symbols.IdOf($"lib/net10.0/{id}.pdb"), Is.EqualTo(package.SymbolsOf($"lib/net10.0/{id}.dll")));
    }

    [TestCase("UsageReporting.Transports", "UsageReporting.Core", "Microsoft.Extensions.Http")]
    [TestCase("UsageReporting.CommandLine", "UsageReporting.Core", "System.CommandLine")]
    [TestCase("UsageReporting.GoogleAnalytics", "UsageReporting.Core")]
    [TestCase("UsageReporting.AspNetCore", "UsageReporting.Core")]
    [TestCase("UsageReporting.Testing", "UsageReporting.Core", "Microsoft.Extensions.DependencyInjection")]
    public void Dependencies_OfTheOthers_AreTwoAtMost(string id, params string[] dependencies)
    {
        using Package package = _feed.Package(id);

        Assert.That(package.Dependencies, Is.EquivalentTo(dependencies));
    }

    [Test]
    public void Core_Dependencies_AreTheAbstractionsThatItsReadmeNames()
    {
        using Package core = _feed.Package("UsageReporting.Core");

        Assert.That(core.Dependencies, Is.Not.Empty.And.All.StartsWith("Microsoft.Extensions."));
        Assert.That(
            Dependency().Matches(core.Text("README.md")).Select(match => match.Groups[1].Value), Is.EquivalentTo(core.Dependencies));
    }

    [Test]
    public void Core_Size_IsWithinATenthOfWhatItsReadmeSays()
    {
        using Package core = _feed.Package("UsageReporting.Core");

        double said = double.Parse(Size().Match(core.Text("README.md")).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.That(core.Length("lib/net10.0/UsageReporting.Core.dll") / 1_000.0, Is.EqualTo(said).Within(10).Percent);
    }

    [Test]
    public async Task Consumer_TrimmedWithThePackages_ShowsSendsAndRemembers()
    {
        using PublishedConsumer consumer = new();
        await consumer.PublishAsync(_feed);
        Assert.That(consumer.Log, Does.Not.Contain("warning").IgnoreCase);
        await using LoopbackServer server = new("HTTP/1.1 204 No Content\r\n\r\n");
        Task<ChildResult> UsageAsync(params string[] arguments) => consumer.RunAsync(server.Endpoint, ["usage", .. arguments]);

        ChildResult preview = await UsageAsync("preview");
        Assert.That((preview.ExitCode, preview.Error), Is.EqualTo((0, "")));
        string[] rows =
        [
            // The release was written into the assembly by the targets that Core's package brings.
            "Version          : 2.15.0\n", "Channel          : beta\n", "Commit           : bd86dca57\n",
            "Documents        : 1000–9999\n", "Features         : search, import\n", "Plugins          : ocr 1.2.0\n",
            "Mail enabled     : yes\n",
        ];
        foreach (string row in rows)
        {
            Assert.That(preview.Output, Does.Contain(row));
        }

        Assert.That(server.Requests, Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(consumer.Data), Is.Empty);

        ChildResult send = await UsageAsync("send", "--yes");
        Assert.That(send.Output, Does.EndWith("\n\nReport sent. Thank you.\n"), send.Error);
        string report = server.Requests.Single().Split("\r\n\r\n")[1];
        ReportSchema schema = ReportSchema.Parse(Encoding.UTF8.GetBytes((await UsageAsync("schema")).Output));
        using JsonDocument history = JsonDocument.Parse((await UsageAsync("history", "--json")).Output);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                JsonDocument.Parse(report).RootElement.EnumerateObject().Select(member => member.Name),
                Is.SubsetOf(schema.Fields.Select(field => field.Name).Append("uuid")).And.SupersetOf(
                    schema.Fields.Where(field => field.Required).Select(field => field.Name)));
            Assert.That(File.ReadAllText(Path.Combine(consumer.Data, "reports.jsonl")), Is.EqualTo($"{report}\n"));
            Assert.That((await UsageAsync("show")).Output, Is.EqualTo($"{report}\n"));
            Assert.That(
                history.RootElement.EnumerateArray().Select(sent => sent.GetProperty("answer").GetString()),
                Is.EqualTo(new[] { "accepted", "accepted" }));
            Assert.That((await UsageAsync("verify")).Output, Is.EqualTo("All 2 are as they were sent.\n"));
            Assert.That(server.Requests, Has.Count.EqualTo(1));
        }
    }

    [GeneratedRegex("^- `([^`]+)`$", RegexOptions.Multiline)]
    private static partial Regex Dependency();

    [GeneratedRegex("about ([0-9]+) KB")]
    private static partial Regex Size();
}
