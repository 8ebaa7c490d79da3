using System.Text.Json;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.BrowserTests;

/// <summary><c>ReferenceServer seed-demo</c>, which has filled the server of these tests.</summary>
public sealed class SeedDemoTests
{
    [TestCase("paperless-ngx", "version"), TestCase("printernizer", "installation.app_version"), TestCase("napari", "napari_version")]
    public async Task SeedDemo_AYearLater_EveryWeekHasNumbers(string product, string field)
    {
        using HttpClient http = new() { BaseAddress = DemoServer.Address };
        using JsonDocument series = JsonDocument.Parse(await http.GetStringAsync($"/stats/{product}/{field}"));
        JsonElement[] windows = [.. series.RootElement.GetProperty("series").EnumerateArray()];

        Assert.That(windows, Has.Length.InRange(51, 52));
        Assert.That(windows.Select(window => window.GetProperty("installs").GetInt64()), Has.All.GreaterThanOrEqualTo(10));
        // A release of the year before is gone, and one of this year is there.
        string[] first = [.. windows[0].GetProperty("values").EnumerateObject().Select(value => value.Name).Except(["other", "not reported"])];
        Assert.That(windows[^1].GetProperty("values").EnumerateObject().Select(value => value.Name), Has.None.AnyOf(first));
    }

    // Of so few a day is easily odd; without any it would be one of the open week.
    [Test]
    public void SeedDemo_AYearLater_NoDayIsWithoutReports() => Assert.That(DemoServer.Seeded.Error, Does.Not.Contain(": 0, where "));

    [Test, Category("Long")]
    public async Task SeedDemo_ProductThatIsNotPublic_IsFilledLikeTheOthers()
    {
        using TemporaryFolder folder = new();

        ChildResult result = await DemoServer.SeedAsync(
            "--installations=60", $"--UsageReporting:Server:DataDirectory={folder.Path}", "--UsageReporting:Server:Products:1:PublicStatistics=false");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("None of them is real."));
    }

    [Test]
    public async Task SeedDemo_ServerNotEmpty_IsRefused()
    {
        ChildResult result = await DemoServer.SeedAsync();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.Match("^There is no demo: .*usage\\.db is there already, and only an empty server is filled\\.\n$"));
    }
}
