using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.AspNetCore;

/// <summary>The settings card as it is rendered, and what its buttons reach. SettingsCardTests has it in a browser.</summary>
public sealed class CardTests
{
    private TemporaryFolder _folder = null!;

    private string State => _folder.Combine("state");

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task Card_NothingChosen_ShowsTheReportAndTouchesNothing()
    {
        await using WebClient client = await WebClient.StartAsync(State);
        ScriptedPrompt prompt = new(ConsentAnswer.No);
        await client.Reporter.ReportAsync(prompt);

        using HttpResponseMessage answer = await client.SendAsync("GET", "card");

        string html = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/html; charset=utf-8"));
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'; "));
        Assert.That(html, Does.Contain(WebUtility.HtmlEncode(prompt.Seen.Single().ToText(isDryRun: true))));
        Assert.That(html, Does.Contain(WebUtility.HtmlEncode(prompt.Seen.Single().Json)));
        Assert.That(html, Does.Contain("Not decided: nothing is sent unless you say yes.").And.Not.Contain(" checked> Send").And.Not.Contain(" disabled"));
        Assert.That(html, Does.Contain("""value="full" checked"""));
        Assert.That(html, Does.Contain("full: the same, and Tester"));
        Assert.That(Directory.Exists(State), Is.False);
        Assert.That(client.Sink.Deliveries, Is.Empty);
    }

    [TestCase("card.css", "text/css")]
    [TestCase("card.js", "text/javascript")]
    public async Task Card_ItsFiles_AreBesideIt(string file, string type)
    {
        await using WebClient client = await WebClient.StartAsync(State);

        using HttpResponseMessage answer = await client.SendAsync("GET", file);

        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo(type));
        Assert.That(await client.Http.GetStringAsync(new Uri("card", UriKind.Relative)), Does.Contain($"\"{file}\""));
    }

    [Test]
    public async Task Card_AfterAYes_IsOnAtItsLevel()
    {
        await using WebClient client = await WebClient.StartAsync(State);
        await client.OptInAsync("basic");

        string html = await client.Http.GetStringAsync(new Uri("card", UriKind.Relative));

        Assert.That(html, Does.Contain(" checked> Send usage reports"));
        Assert.That(html, Does.Contain("On: you said yes on 2026-05-18."));
        Assert.That(html, Does.Contain("""value="basic" checked""").And.Not.Contain("""value="full" checked"""));
    }

    [Test]
    public async Task Card_SwitchedOff_SaysByWhatAndCannotBeSwitchedOn()
    {
        await using WebClient client = await WebClient.StartAsync(State);
        client.Machine.Variables["DO_NOT_TRACK"] = "1";

        string html = await client.Http.GetStringAsync(new Uri("card", UriKind.Relative));

        Assert.That(html, Does.Contain(" disabled> Send usage reports"));
        Assert.That(html, Does.Contain("Off: DO_NOT_TRACK is set. It cannot be switched on here."));
        Assert.That(html, Does.Not.Contain("<fieldset"));
        Assert.That((await client.GetAsync("status")).GetProperty("isFixed").GetBoolean(), Is.True);
    }

    // Also where a switch keeps things here: a yes would not send anything.
    [TestCase("off", true)]
    [TestCase("local", true)]
    [TestCase("on", false)]
    public async Task Status_SwitchOfTheApplication_IsFixedWhereItForbids(string value, bool isFixed)
    {
        await using WebClient client = await WebClient.StartAsync(State);
        client.Machine.Variables["PAPERLESS_NGX_USAGE_REPORTING"] = value;

        Assert.That((await client.GetAsync("status")).GetProperty("isFixed").GetBoolean(), Is.EqualTo(isFixed));
    }

    [Test]
    public async Task Card_AfterANo_IsOffAndMayBeSwitchedOn()
    {
        await using WebClient client = await WebClient.StartAsync(State);
        using HttpResponseMessage no = await client.SendAsync("POST", "opt-out");

        string html = await client.Http.GetStringAsync(new Uri("card", UriKind.Relative));

        Assert.That(html, Does.Contain("Off: you said no on 2026-05-18.").And.Not.Contain(" disabled"));
        Assert.That(html, Does.Contain("id=\"bytes\"").And.Contain("&quot;tester&quot;"), "What a yes would be one to is shown.");
        using HttpResponseMessage yes = await client.OptInAsync();
        Assert.That(yes.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(ConsentChoice.Yes)]
    [TestCase(ConsentChoice.Local)]
    public async Task Card_AReportOfLessWaits_ShowsWhatAYesWouldBeOneTo(ConsentChoice then)
    {
        await using (WebClient before = await WebClient.StartAsync(State))
        {
            before.Sink.Answering(ScriptedSink.Unanswered);
            using HttpResponseMessage yes = await before.OptInAsync("basic");
            await before.Reporter.ReportAsync(new ScriptedPrompt(ConsentAnswer.Yes));
            Assert.That(await before.Http.GetStringAsync(new Uri("card", UriKind.Relative)), Does.Not.Contain("&quot;tester&quot;"));
            await before.Reporter.SetConsentAsync(then, then == ConsentChoice.Yes ? UsageLevel.Basic : UsageLevel.Full);
        }

        ScriptedSink added = new("https://added.example.org/report") { Rendering = report => $"[{report}]" };
        await using WebClient client = await WebClient.StartAsync(State, builder => builder.Services.AddSingleton<IReportSink>(added));
        string html = await client.Http.GetStringAsync(new Uri("card", UriKind.Relative));

        Assert.That((await client.GetAsync("status")).GetProperty("state").GetString(), Is.EqualTo(then == ConsentChoice.Yes ? "ask" : "local"));
        Assert.That(html, Does.Contain("&quot;tester&quot;").And.Contain("\n[{&quot;"), "All that it holds, and as it goes everywhere.");
        Assert.That(html, Does.Contain("""value="full" checked"""));
    }

    [Test]
    public async Task Card_NoReportCanBeShown_CannotBeSwitchedOn()
    {
        await using WebClient client = await WebClient.StartAsync(State, add: reporting => reporting.AddCollector(
            [UsageField.Flag("missing", "What is missing", "Why.") with { Required = true }], (_, _, _) => ValueTask.CompletedTask));
        using HttpResponseMessage no = await client.SendAsync("POST", "opt-out");

        string html = await client.Http.GetStringAsync(new Uri("card", UriKind.Relative));

        Assert.That(html, Does.Contain(" disabled> Send usage reports").And.Contain("What is missing is missing"));
        Assert.That(html, Does.Match("<details hidden><summary>[^<]+</summary><pre id=\"bytes\"></pre></details>"), "There for the report of a level that can be shown.");
    }

    [Test]
    public async Task Card_LevelThatNoFieldHas_IsTheNextLower()
    {
        await using WebClient client = await WebClient.StartAsync(State);
        await client.OptInAsync("middle");

        string html = await client.Http.GetStringAsync(new Uri("card", UriKind.Relative));

        Assert.That(html, Does.Contain("""value="basic" checked""").And.Contain("data-level=\"basic\""));
    }

    [Test]
    public async Task Card_TextsOfTheHost_AreEncoded()
    {
        await using WebClient client = await WebClient.StartAsync(
            State, builder => builder.Services.Configure<UsageReportingOptions>(options => options.Text = name => $"<script>{name}"));

        string html = await client.Http.GetStringAsync(new Uri("card", UriKind.Relative));

        Assert.That(html, Does.Contain("&lt;script&gt;CardTitle"));
        Assert.That(html.Split("<script").Length - 1, Is.EqualTo(1), "its own");
    }

    [Test]
    public async Task Erase_SomethingWasSent_IsErasedAndTheChoiceStays()
    {
        ErasingSink sink = new() { Answer = proof => new TakeBackResult.Answered(ReceiptOf(proof)) };
        await using WebClient client = await StartAsync(sink);

        using HttpResponseMessage answer = await client.SendAsync("POST", "erase");

        JsonElement erased = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.That(erased.GetProperty("waiting").GetArrayLength(), Is.Zero);
        Assert.That(erased.GetProperty("erased").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await client.GetAsync("status")).GetProperty("state").GetString(), Is.EqualTo("on"));
    }

    [TestCase("opt-out?erase=true", 1)]
    [TestCase("opt-out", 0)]
    public async Task OptOut_WithErasing_AsksForThatToo(string path, int asked)
    {
        ErasingSink sink = new();
        await using WebClient client = await StartAsync(sink);
        Assert.That(await client.Http.GetStringAsync(new Uri("card", UriKind.Relative)), Does.Contain("id=\"erase-too\""));

        using HttpResponseMessage answer = await client.SendAsync("POST", path);

        Assert.That((await client.GetAsync("status")).GetProperty("because").GetString(), Is.EqualTo("you said no on 2026-05-18"));
        Assert.That(sink.Asked, Has.Count.EqualTo(asked));
    }

    private static string ReceiptOf(InstallationProof proof)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(proof.Id)));
        return $$"""{"receipt":{"erased_at":"2026-05-18T12:00:00Z","id_sha256":"{{hash}}","product":"{{proof.Product}}","reports":1},"signature":"AAAA"}""";
    }

    // On, and with a report that was sent.
    private async Task<WebClient> StartAsync(ErasingSink sink)
    {
        WebClient client = await WebClient.StartAsync(
            State,
            builder => builder.Services.AddSingleton<IReportSink>(sink),
            add: reporting => reporting.AddIdentityFields(IdentityFields.ErasureKey()));
        using HttpResponseMessage yes = await client.OptInAsync();
        Assert.That(await client.Reporter.ReportAsync(new ScriptedPrompt(ConsentAnswer.Yes)), Is.EqualTo(new ReportOutcome.Sent()));
        return client;
    }
}
