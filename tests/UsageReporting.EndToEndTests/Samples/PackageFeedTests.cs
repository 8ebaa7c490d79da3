using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Downloads;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Samples;

public sealed partial class PackageFeedTests
{
    private static readonly string[] NothingInstalled =
        ["Akismet Anti-spam|5.0|5,000,000||", "Hello Dolly|1.7.2|600,000||", "Astra|v4.0|||"];

    private TemporaryFolder _folder = null!;
    private RunningPackageFeed _feed = null!;

    [SetUp]
    public async Task StartFeedAsync()
    {
        _folder = new TemporaryFolder();
        _feed = await RunningPackageFeed.StartAsync(_folder);
    }

    [TearDown]
    public async Task StopFeedAsync()
    {
        await _feed.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Page_Counters_AreShownWhereTheyAreNotZero()
    {
        string[] before = await RowsAsync();
        await Notifications.NotifyAsync(_feed.Http, Notifications.Of("""{"name":"wp-theme/astra","version":"4.0.0.0"}"""));
        await Notifications.CurrentAsync(_feed.Http, "wp-theme/astra", atLeast: 1);

        Assert.That(before, Is.EqualTo(NothingInstalled));
        Assert.That(
            await RowsAsync("/?sort=installs"),
            Is.EqualTo(new[] { "Astra|v4.0||1|1", "Akismet Anti-spam|5.0|5,000,000||", "Hello Dolly|1.7.2|600,000||" }));
    }

    [Test]
    public async Task Packages_OutsideNumber_StandsBesideOurs() =>
        Assert.That(
            (await Notifications.ReadAsync(_feed.Http, "wp-plugin/akismet")).ToString(),
            Does.Contain("\"installs_total\":0").And.Contain("\"elsewhere\":{\"source\":\"WordPress.org\",\"downloads\":5000000}"));

    [Test]
    public async Task Packages_NameThatIsNotInTheFeed_DoesNotCount()
    {
        await Notifications.NotifyAsync(_feed.Http, Notifications.Of("""{"name":"wp-plugin/made-up","version":"1.0.0.0"}"""));

        using HttpResponseMessage answer = await _feed.Http.GetAsync("/packages/wp-plugin/made-up");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    [RequiresTool("composer")]
    [RequiresTool("php", "php-cli")]
    [RequiresTool("unzip")]
    public async Task Install_WithTheRealComposer_ShowsOnThePage()
    {
        ChildResult install = await new ComposerProject(_folder).InstallAsync(_feed.Http.BaseAddress!.AbsoluteUri.TrimEnd('/'));
        await Notifications.CurrentAsync(_feed.Http, "wp-plugin/akismet", atLeast: 1);

        Assert.That(install.ExitCode, Is.Zero, install.Output + install.Error);
        Assert.That(
            await RowsAsync(), Is.EqualTo(new[] { "Akismet Anti-spam|5.0|5,000,000|1|1", "Hello Dolly|1.7.2|600,000||", "Astra|v4.0||1|1" }));
    }

    private async Task<string[]> RowsAsync(string path = "/")
    {
        string page = await _feed.Http.GetStringAsync(path);
        return
        [
            .. Row().Matches(page[page.IndexOf("<tbody>", StringComparison.Ordinal)..])
                .Select(row => string.Join('|', Cell().Matches(row.Value).Select(cell => Tag().Replace(cell.Value, "")))),
        ];
    }

    [GeneratedRegex("<tr>.*?</tr>")]
    private static partial Regex Row();

    [GeneratedRegex("<t[hd].*?</t[hd]>")]
    private static partial Regex Cell();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
