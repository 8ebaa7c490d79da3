using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Collectors;

public sealed class PluginCollectorTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task CollectAsync_Installed_ReportsThePublicOnesInReleasedVersions()
    {
        ReportPreview preview = await PreviewAsync(
            [
                new("napari-svg", "0.2.1"), new("btrack", "0.7.0-rc.1"), new("brainreg-napari", "1.0.0+local"),
                new("cellpose-napari", "0.2.0.dev3"), new("Napari-SVG", "9.9.9"), new("lab-tracker", "1.0.0"),
            ],
            "napari-svg", "btrack", "brainreg-napari", "cellpose-napari");

        Assert.That(JsonNode.Parse(preview.Json)!["plugins"]!.ToJsonString(), Is.EqualTo("""{"napari-svg":"0.2.1"}"""));
        Assert.That(
            preview.LeftOut.Select(left => $"{left.Reason}: {string.Join(", ", left.Entries)}"),
            Is.EquivalentTo(new[]
            {
                "NotReleased: btrack 0.7.0-rc.1, brainreg-napari 1.0.0+local, cellpose-napari 0.2.0.dev3",
                "NotPublic: Napari-SVG, lab-tracker",
            }));
        Assert.That(preview.Json, Does.Not.Contain("lab-tracker").And.Not.Contain("rc.1"));
    }

    [Test]
    public async Task ToText_LeftOut_NamesThemWithTheReasonAndNoEscapeSequence()
    {
        ReportPreview preview = await PreviewAsync(
            [new("napari-svg", "0.2.1"), new("\u001b[31mred\u202e", "1.0.0"), new("btrack", "0.7.0-rc.1")], "napari-svg", "btrack");

        Assert.That(
            preview.ToText().Replace('\n', ' '),
            Does.Contain("Left out: Plugins (not in the public catalogue: ?[31mred?; not a released version: btrack 0.7.0-rc.1) "));
    }

    [Test]
    public async Task ToText_ManyLeftOut_CountsTheRest()
    {
        ReportPreview preview = await PreviewAsync(
            [new("napari-svg", "0.2.1"), .. Enumerable.Range(1, 1_000).Select(i => new KeyValuePair<string, string>($"p{i}", "1.0.0"))],
            "napari-svg");

        Assert.That(
            preview.ToText().Replace('\n', ' '),
            Does.Contain("(not in the public catalogue: p1, p2, p3, p4, p5, p6, p7, p8 and 504 more) "));
    }

    [Test]
    public async Task ReportAsync_CatalogueGrewSinceTheYes_AsksNobodyAgain()
    {
        ScriptedSink sink = new();
        KeyValuePair<string, string>[] installed = [new("napari-svg", "0.2.1"), new("btrack", "0.7.0")];
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);
        using (TestClient before = Client(sink, installed, "napari-svg"))
        {
            await before.Reporter.ReportAsync(prompt);
        }

        using TestClient after = Client(sink, installed, "napari-svg", "btrack");
        await after.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Select(preview => preview.Question), Is.EqualTo(
            new[] { ConsentQuestion.ThisAndLater, ConsentQuestion.None }));
        Assert.That(prompt.Seen[1].Paused, Is.Empty);
        Assert.That(sink.Reports.Select(report => JsonNode.Parse(report)!["plugins"]!.ToJsonString()), Is.EqualTo(
            new[] { """{"napari-svg":"0.2.1"}""", """{"napari-svg":"0.2.1","btrack":"0.7.0"}""" }));
    }

    private async Task<ReportPreview> PreviewAsync(KeyValuePair<string, string>[] installed, params string[] catalogue)
    {
        using TestClient client = Client(new ScriptedSink(), installed, catalogue);
        ScriptedPrompt prompt = new(ConsentAnswer.No);
        await client.Reporter.ReportAsync(prompt);
        return prompt.Seen.Single();
    }

    private TestClient Client(ScriptedSink sink, KeyValuePair<string, string>[] installed, params string[] catalogue) =>
        new(_folder.Combine("state"), sink)
        {
            Configure = options => options.Consent = ConsentMode.OptIn,
            Add = builder =>
            {
                builder.Services.AddSingleton<IEnumerable<KeyValuePair<string, string>>>(installed);
                builder.AddPluginCollector<IEnumerable<KeyValuePair<string, string>>>(
                    UsageField.Versions("plugins", "Plugins", "Why.", Vocabulary.Catalogue("napari-plugins", catalogue))
                        with { Level = UsageLevel.Middle },
                    plugins => plugins);
            },
        };
}
