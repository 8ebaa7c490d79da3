using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;

namespace UsageReporting.EndToEndTests.Operators;

/// <summary>What an operator sets aside and takes off, from the form to the published numbers, over a real socket.</summary>
public sealed partial class ProductPageTests : OperatorPagesTests
{
    private const string Page = "/operator/products/paperless-ngx";

    [SetUp]
    public async Task ReportAsync()
    {
        // 12 of the beta on Monday, 14 stable ones on Tuesday; then the week is over.
        await ReportAsync(12, "beta");
        Time.Advance(TimeSpan.FromDays(1));
        await ReportAsync(14, "stable");
        Time.Advance(TimeSpan.FromDays(6));
        await UntilAsync("\"active_week\":26");
        await Client.EnterAsync(OperatorKey);
        await Client.ReadAsync(Page);
    }

    [Test]
    public async Task Quarantine_ATime_CountsNowhereUntilItIsLifted()
    {
        using HttpResponseMessage done = await Client.PostAsync(
            "/operator/quarantine", ("product", "paperless-ngx"), ("since", "2026-05-18T00:00"), ("until", "2026-05-19T00:00"), ("field", ""), ("value", ""));
        Assert.That(done.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(done.Headers.Location?.ToString(), Is.EqualTo("products/paperless-ngx"));
        await UntilAsync("\"active_week\":14");
        Assert.That(await Server.Http.GetStringAsync("/paperless-ngx/channel.week.csv"), Does.Contain("stable").And.Not.Contain("beta"));
        string page = await Client.ReadAsync(Page);
        Assert.That(page, Does.Contain("2026-05-18 00:00 UTC to 2026-05-19 00:00 UTC, all reports"));
        Assert.That(Server.Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { "26" }), "All of them stay stored.");

        using HttpResponseMessage lifted = await Client.PostAsync(
            "/operator/lift", ("product", "paperless-ngx"), ("quarantine", Quarantine().Match(page).Groups[1].Value));

        Assert.That(lifted.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        await UntilAsync("\"active_week\":26");
        Assert.That(await Client.ReadAsync(Page), Does.Not.Contain("Count again"));
        Assert.That(Audit()[^2], Does.Contain("\"what\":\"set reports aside\",\"product\":\"paperless-ngx\",\"of\":\"12, ").And.Contain(", 2026-05-18 00:00 UTC to 2026-05-19 00:00 UTC, all reports"));
        Assert.That(Audit()[^1], Does.Contain("\"what\":\"let reports count again\""));
    }

    [Test]
    public async Task Quarantine_AValue_CountsTheOthersAndGivesBackAll()
    {
        using HttpResponseMessage done = await Client.PostAsync(
            "/operator/quarantine",
            ("product", "paperless-ngx"), ("since", "2026-05-01T00:00"), ("until", "2026-06-01T00:00:00"), ("field", "channel"), ("value", "stable"));

        Assert.That(Audit()[^1], Does.EndWith(", 2026-05-01 00:00 UTC to 2026-06-01 00:00 UTC, by channel\"}").And.Not.Contain("stable"));
        await UntilAsync("\"active_week\":12");
        await Client.ReadAsync("/operator/installation");
        using HttpResponseMessage found = await Client.PostAsync(
            "/operator/installation", ("product", "paperless-ngx"), ("id", Server.Query("SELECT uuid FROM reports WHERE channel = 'stable'")[0]));
        Assert.That(found.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("", "2026-05-19T00:00", "", "")]
    [TestCase("2026-05-19T00:00", "2026-05-19T00:00", "", "")]
    [TestCase("2026-05-20T00:00", "2026-05-19T00:00", "", "")]
    [TestCase("0001-01-01T00:00", "9999-12-31T23:59", "", "")]
    [TestCase("yesterday", "today", "", "")]
    [TestCase("2026-05-18T00:00", "2026-05-19T00:00", "nope", "a")]
    [TestCase("2026-05-18T00:00", "2026-05-19T00:00", "", "a")]
    public async Task Quarantine_MakesNoSense_IsRefusedAndNotNoted(string since, string until, string field, string value)
    {
        int before = Audit().Length;

        using HttpResponseMessage answer = await Client.PostAsync(
            "/operator/quarantine", ("product", "paperless-ngx"), ("since", since), ("until", until), ("field", field), ("value", value));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(Audit(), Has.Length.EqualTo(before));
    }

    // The beta came on Monday.
    [TestCase("2026-05-19T00:00", "2026-05-20T00:00", "channel", "beta")]
    [TestCase("2026-05-18T00:00", "2026-05-20T00:00", "channel", "Beta")]
    [TestCase("2026-05-20T00:00", "2026-05-25T00:00", "", "")]
    [TestCase("2027-05-18T00:00", "2027-05-19T00:00", "", "")]
    public async Task Quarantine_HoldsNothing_IsRefusedAndTouchesNothing(string since, string until, string field, string value)
    {
        int before = Audit().Length;

        using HttpResponseMessage answer = await Client.PostAsync(
            "/operator/quarantine", ("product", "paperless-ngx"), ("since", since), ("until", until), ("field", field), ("value", value));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(Client.Page, Does.Contain("No report that is stored"));
        Assert.That(Audit(), Has.Length.EqualTo(before));
        Assert.That(Server.Query("SELECT sum(went) FROM report_spans"), Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public async Task Quarantine_FieldOfOneInstallation_IsNeitherOfferedNorTaken()
    {
        string page = await Client.ReadAsync("/operator/products/printernizer");

        using HttpResponseMessage answer = await Client.PostAsync(
            "/operator/quarantine",
            ("product", "printernizer"), ("since", "2026-05-18T00:00"), ("until", "2026-05-19T00:00"), ("field", "erasure_key"), ("value", "a"));

        Assert.That(page, Does.Contain("<option value=\"installation.platform\">").And.Not.Contain("<option value=\"erasure_key\">"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(Client.Page, Does.Contain("a value with its field or neither"));
    }

    [Test]
    public async Task Hide_AField_IsOnNoPublicPageUntilItIsBack()
    {
        string[] places =
        [
            "/stats/summary?product=paperless-ngx", "/stats/paperless-ngx/channel", "/paperless-ngx/", "/paperless-ngx/week.html",
            "/paperless-ngx/summary.json", "/paperless-ngx/summary.csv", "/paperless-ngx/channel.week.json", "/paperless-ngx/channel.week.csv",
            "/chart/paperless-ngx/channel.html", "/chart/paperless-ngx/year/channel.html",
        ];
        string[] before = [.. await Task.WhenAll(places.Select(ReadAsync))];
        Assert.That(before.Count(text => text.Contains("stable", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(8));

        using HttpResponseMessage hidden = await Client.PostAsync("/operator/hide", ("product", "paperless-ngx"), ("field", "channel"));

        Assert.That(hidden.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        foreach (string place in places)
        {
            Assert.That(await ReadAsync(place), Does.Not.Contain("stable"), place);
        }

        Assert.That(await ReadAsync("/stats/summary?product=paperless-ngx"), Does.Contain("\"active_week\":26").And.Contain("install_type"));
        Assert.That(await Client.ReadAsync(Page), Does.Contain("aria-label=\"Put back: "));
        using HttpResponseMessage shown = await Client.PostAsync("/operator/show", ("product", "paperless-ngx"), ("field", "channel"));
        Assert.That(await Task.WhenAll(places.Select(ReadAsync)), Is.EqualTo(before));
        Assert.That(Audit()[^2], Does.Contain("\"what\":\"took a field off\",\"product\":\"paperless-ngx\",\"of\":\"channel\""));
        Assert.That(Audit()[^1], Does.Contain("\"what\":\"put a field back\""));
    }

    [TestCase("/operator/hide", "paperless-ngx", "nope"), TestCase("/operator/hide", "nope", "channel"), TestCase("/operator/lift", "paperless-ngx", "")]
    public async Task Post_WhatIsNotThere_IsRefused(string path, string product, string field)
    {
        using HttpResponseMessage answer = await Client.PostAsync(path, ("product", product), ("field", field));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Alone_TwoChannels_TellsNobody()
    {
        string page = await Client.ReadAsync($"{Page}/alone");

        Assert.That(page, Does.Contain("0 of 26 installations").And.Contain("All installations of which reports are kept were looked at"));
    }

    [Test]
    public async Task Alone_OneOfAnotherKind_IsFoundWithItsField()
    {
        using (HttpResponseMessage accepted = await Server.PostAsync(Reports.Paperless(Reports.NewId()).Replace("x86_64", "s390x", StringComparison.Ordinal)))
        {
            Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        }

        string page = await Client.ReadAsync($"{Page}/alone");

        Assert.That(page, Does.Contain("1 of 27 installations").And.Contain("<tr><th scope=\"row\">arch</th><td>0</td></tr>"));
        Assert.That(page, Does.Contain("<tr><th scope=\"row\">channel</th><td>1</td></tr>").Or.Contain("<th scope=\"row\">channel, arch</th><td>1</td>"));
    }

    [Test]
    public async Task Schema_FirstStart_IsKept() =>
        Assert.That(await Client.ReadAsync(Page), Does.Contain("<dt>2026-05-18 12:00 UTC</dt><dd>the first that was kept</dd>"));

    [TestCase("nope"), TestCase("nope/alone")]
    public async Task Get_UnknownProduct_IsNotFound(string product)
    {
        using HttpResponseMessage answer = await Client.GetAsync($"/operator/products/{product}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task ReportAsync(int installations, string channel)
    {
        for (int i = 0; i < installations; i++)
        {
            using HttpResponseMessage answer = await Server.PostAsync(Reports.Paperless(Reports.NewId(), channel));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        }
    }

    private async Task<string> ReadAsync(string place)
    {
        using HttpResponseMessage answer = await Server.Http.GetAsync(place);
        return await answer.Content.ReadAsStringAsync();
    }

    // Numbers are made again ten minutes after they were made.
    private async Task UntilAsync(string text)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(60));
        while (!(await Server.Http.GetStringAsync("/stats/summary?product=paperless-ngx", bound.Token)).Contains(text, StringComparison.Ordinal))
        {
            Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(20, bound.Token);
        }
    }

    [GeneratedRegex("name=\"quarantine\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Quarantine();
}
