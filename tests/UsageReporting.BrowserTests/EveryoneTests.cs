using System.Text.Json;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.BrowserTests;

/// <summary><c>usage view --everyone</c> of the built AskEachTime beside a year of numbers, which the built server publishes.</summary>
public sealed class EveryoneTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task ViewEveryone_Numbers_AreThoseOfThePage()
    {
        using HttpClient http = new() { BaseAddress = DemoServer.Address };
        using JsonDocument summary = JsonDocument.Parse(await http.GetStringAsync("/paperless-ngx/summary.json"));
        JsonElement same = summary.RootElement.GetProperty("fields").GetProperty("doc_bucket").EnumerateArray()
            .Single(cell => cell.GetProperty("value").GetString() == "1000-9999");

        ChildResult view = await RunAsync("--everyone", "--json");

        Assert.That((view.ExitCode, view.Error), Is.EqualTo((0, "")));
        JsonElement own = JsonElement.Parse(view.Output);
        JsonElement documents = own.GetProperty("values").EnumerateArray().Single(value => value.GetProperty("field").GetString() == "doc_bucket");
        Assert.Multiple(() =>
        {
            Assert.That(own.GetProperty("window").GetString(), Is.EqualTo(summary.RootElement.GetProperty("fields_window").GetString()));
            Assert.That(documents.GetProperty("value").GetString(), Is.EqualTo("1000–9999"));
            foreach (string number in new[] { "installs", "share" })
            {
                Assert.That(documents.GetProperty("same").GetProperty(number).GetDouble(), Is.EqualTo(same.GetProperty(number).GetDouble()));
            }

            Assert.That(documents.GetProperty("same").GetProperty("interval")[1].GetDouble(), Is.GreaterThan(same.GetProperty("share").GetDouble()));
            Assert.That(documents.GetProperty("below").GetDouble() + documents.GetProperty("above").GetDouble(), Is.GreaterThan(0.1));
            Assert.That(_folder.Combine("state"), Does.Not.Exist, "It was only looked at.");
        });
    }

    [Test]
    public async Task ViewEveryone_ForAPerson_SaysHowManyReportTheSame() => Assert.That(
        (await RunAsync("--everyone")).Output,
        Does.Match("Your next report, which was not sent, beside the [0-9]+ that reported in 20[0-9]{2}-[0-9]{2}\\.\n")
            .And.Match("\nDocuments: 1000–9999\n    [0-9]+ report the same: [0-9.]+ % \\([0-9.]+–[0-9.]+ %\\)\n    [0-9.]+ % are known to have less, [0-9.]+ % to have more\n"));

    private Task<ChildResult> RunAsync(params string[] options) => ChildProcess.RunAsync(
        "dotnet",
        [
            BuiltSample.Dll("AskEachTime"), "usage", "view", .. options, "--endpoint", $"{DemoServer.Address}report",
            "--data-directory", _folder.Combine("state"),
        ]);
}
