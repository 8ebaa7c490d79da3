using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.Server;

namespace UsageReporting.EndToEndTests.Operators;

/// <summary>What the operator sees first, over a real socket.</summary>
public sealed partial class StatePageTests : OperatorPagesTests
{
    [Test]
    public async Task State_ReportsAndRefusals_AreCountedByReason()
    {
        await Client.EnterAsync(OperatorKey);
        await PostAsync(Reports.Paperless());
        await PostAsync(Reports.Paperless());
        await PostAsync("{}");
        await PostAsync("no json");
        using (await Server.PostAsync([], "text/plain"))
        {
            // Another media type.
        }

        string[] rows = Rows(await Client.ReadAsync("/operator/"));
        Time.Advance(TimeSpan.FromMinutes(29));
        await Client.ReadAsync("/operator/");
        Time.Advance(TimeSpan.FromMinutes(29));
        await Client.ReadAsync("/operator/");
        Time.Advance(TimeSpan.FromMinutes(3));
        string[] later = Rows(await Client.ReadAsync("/operator/"));

        Assert.That(rows, Is.SupersetOf(new[]
        {
            "<a href=\"products/paperless-ngx\">paperless-ngx</a>|1|0|1|2026-05-25 00:00 UTC|d5f5d4761986|12",
            "paperless-ngx|accepted|1|0.0|1",
            "paperless-ngx|already reported in its window|1|0.0|1",
            "paperless-ngx|refused: no valid report|2|0.0|2",
            "paperless-ngx|refused: another media type|1|0.0|1",
        }));
        Assert.That(later, Is.SupersetOf(new[] { "paperless-ngx|accepted|0|0.0|1", "paperless-ngx|refused: no valid report|0|0.0|2" }));
    }

    [Test]
    public async Task State_KeysAndRuns_AreShownWithoutTheKeys()
    {
        (UsageKey key, string text) = Server.Keys.Add("*", UsageKeyScopes.Read | UsageKeyScopes.Admin, note: "<b>Ada's</b>");
        UsageKey revoked = Server.Keys.Add("napari", UsageKeyScopes.Report).Key;
        Server.Keys.Revoke(revoked.Id);
        await WaitForAsync(text);

        string page = await Client.ReadAsync("/operator/");

        Assert.That(Rows(page), Is.SupersetOf(new[]
        {
            "of the settings|*|report, read, admin|–|–|–|",
            $"{key.Id}|*|read, admin|–|–|2026-05-18 12:00 UTC|&lt;b&gt;Ada&#x27;s&lt;/b&gt;",
            $"{revoked.Id}|napari|nothing|–|revoked 2026-05-18 12:00 UTC|–|",
            "Deleting reports from before 19 Mar 2026|–|an hour after the start",
            $"2026-05-18 12:00:00 UTC|{key.Id}|signed in|–|–",
        }));
        Assert.That(page, Does.Contain("Can store").And.Not.Contain(OperatorKey).And.Not.Contain(text));
        Assert.That(page, Does.Match("<dt>Database</dt><dd class=\"number\">[1-9][0-9]* kB</dd>"));
    }

    // When it is looked at: the rest of the page says what is wrong.
    [Test]
    public async Task State_DatabaseAndAuditCannotBeRead_ShowsTheRest()
    {
        await Client.EnterAsync(OperatorKey);
        await PostAsync(Reports.Paperless());
        File.Delete(Folder.Combine("usage.db"));
        Directory.CreateDirectory(Folder.Combine("usage.db"));
        await using FileStream held = new(Folder.Combine("operator.jsonl"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        string page = await Client.ReadAsync("/operator/");

        Assert.That(Rows(page), Is.SupersetOf(new[]
        {
            "<a href=\"products/paperless-ngx\">paperless-ngx</a>|?|?|?|?|d5f5d4761986|12",
            "paperless-ngx|accepted|1|0.0|1",
        }));
        Assert.That(page, Does.Contain("<dt>Can store</dt><dd class=\"number\">no</dd>"));
        Assert.That(page.Split("It cannot be read just now."), Has.Length.EqualTo(3), "What is odd, and what operators did.");
    }

    private async Task PostAsync(string json)
    {
        using HttpResponseMessage answer = await Server.PostAsync(json);
    }

    private static string[] Rows(string page) =>
        [.. Row().Matches(page).Select(row => string.Join('|', Cell().Matches(row.Value).Select(cell => cell.Groups[1].Value)))];

    [GeneratedRegex("<tr>.*?</tr>")]
    private static partial Regex Row();

    [GeneratedRegex("<t[hd](?: scope=\"row\")?>(.*?)</t[hd]>")]
    private static partial Regex Cell();
}
