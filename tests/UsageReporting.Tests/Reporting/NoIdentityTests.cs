using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

/// <summary>Reports without an id: of an application that has none, and of machines where none would last.</summary>
public sealed class NoIdentityTests
{
    private ScriptedSink _sink = null!;
    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _time = null!;

    [SetUp]
    public void MakeFolder()
    {
        _sink = new ScriptedSink();
        _folder = new TemporaryFolder();
        _time = new ManualTimeProvider(new DateTimeOffset(2026, 11, 18, 12, 0, 0, TimeSpan.Zero));
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task ReportAsync_NoIdentity_SendsANonceThatWasShownAndKeepsNoId()
    {
        using TestClient client = Anonymous();
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        await client.Reporter.ReportAsync(prompt);
        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Select(preview => preview.Json), Is.EqualTo(_sink.Reports));
        Assert.That(Sent.Select(report => (string?)report["nonce"]), Is.All.Match(@"\A[0-9a-f]{32}\z"));
        Assert.That(Sent.Select(report => (string?)report["nonce"]), Is.Unique);
        Assert.That(Directory.EnumerateFiles(client.DataDirectory).Select(Path.GetFileName), Is.EquivalentTo(
            new[] { "history.jsonl", "last_report", "lock" }));
        Assert.That((await client.Reporter.GetStatusAsync()).InstallationId, Is.Null);
    }

    [Test]
    public async Task ReportAsync_AcrossWeeksAndMonths_SaysWhetherItIsTheFirst()
    {
        using TestClient client = Anonymous();
        // Wednesday, Thursday, Monday, the next month's Tuesday of the same week's successor.
        foreach (int days in new[] { 0, 1, 4, 8, 1 })
        {
            _time.Advance(TimeSpan.FromDays(days));
            await client.ReportAsync(ConsentAnswer.Yes);
        }

        Assert.That(
            Sent.Select(report => $"{report["first_in_week"]} {report["first_in_month"]} {report["first_ever"]}"),
            Is.EqualTo(new[]
            {
                "true true true", "false false false", "true false false", "true true false", "false false false",
            }));
    }

    [Test]
    public async Task ReportAsync_NotAccepted_IsStillTheFirst()
    {
        using TestClient client = Anonymous();
        _sink.Answering(ScriptedSink.Refused);
        await client.ReportAsync(ConsentAnswer.Yes);
        _sink.Answering(new DeliveryResult.Accepted());
        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(Sent.Select(report => (bool)report["first_ever"]!), Is.EqualTo(new[] { true, true }));
    }

    [Test]
    public async Task ReportAsync_Unanswered_IsSentAgainWithTheSameNonce()
    {
        using TestClient client = Anonymous();
        _sink.Answering(ScriptedSink.Unanswered);
        await client.ReportAsync(ConsentAnswer.Yes);
        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(_sink.Reports.Distinct().Count(), Is.EqualTo(1));
        Assert.That(_sink.Deliveries[1].IsRepeat, Is.True);
    }

    [Test]
    public async Task ReportAsync_WeekEndsWhileTheQuestionStands_AsksAgain()
    {
        using TestClient client = Anonymous();
        await client.ReportAsync(ConsentAnswer.Yes);
        ScriptedPrompt prompt = new((preview, _) =>
        {
            _time.Advance(TimeSpan.FromDays(5));
            return ConsentAnswer.Yes;
        });

        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Select(preview => (bool)JsonNode.Parse(preview.Json)!["first_in_week"]!).Take(2), Is.EqualTo(
            new[] { false, true }));
    }

    [Test]
    public async Task ToText_NoIdentity_SaysThatItIsAnonymous()
    {
        using TestClient client = Anonymous();
        ScriptedPrompt prompt = new(ConsentAnswer.No);

        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Single().ToText(isDryRun: true), Does.Contain("\nThis report holds no id: it is anonymous.\n")
            .And.Not.Contain("not kept"));
    }

    [TestCase(nameof(FakeMachine.IsReadOnly))]
    [TestCase("overlayfs")]
    [TestCase("CI")]
    public async Task ReportAsync_NothingLasts_SendsNoIdAndSaysSo(string reason)
    {
        using TestClient client = Passing(isNamed: false, reason, IdentityFields.Ephemeral(), IdentityFields.Nonce());

        Assert.That(await client.ReportAsync(ConsentAnswer.Once), Is.EqualTo(new ReportOutcome.Sent()));
        await client.ReportAsync(ConsentAnswer.Once);

        Assert.That(Sent.Select(report => report["uuid"]), Is.All.Null);
        Assert.That(Sent.Select(report => report["first_report"]), Is.All.Null);
        Assert.That(Sent.Select(report => (bool)report["ephemeral"]!), Is.All.True);
        Assert.That(Sent.Select(report => (string?)report["nonce"]), Is.Unique);
        Assert.That(client.IdFile, Does.Not.Exist);
        Assert.That(Directory.Exists(client.DataDirectory), Is.EqualTo(reason != nameof(FakeMachine.IsReadOnly)));
    }

    [TestCase("overlayfs")]
    [TestCase("CI")]
    public async Task ReportAsync_NothingLastsButTheFolderIsNamed_KeepsAnId(string reason)
    {
        using TestClient client = Passing(isNamed: true, reason, IdentityFields.Ephemeral(), IdentityFields.Nonce());

        Assert.That(await client.ReportAsync(ConsentAnswer.Once), Is.EqualTo(new ReportOutcome.Sent()));

        Assert.That(await File.ReadAllTextAsync(client.IdFile), Is.EqualTo($"{Sent.Single()["uuid"]}\n"));
        Assert.That(Sent.Single()["ephemeral"], Is.Null);
        Assert.That(Sent.Single()["nonce"], Is.Null);
    }

    [TestCase(nameof(FakeMachine.IsReadOnly))]
    [TestCase("overlayfs")]
    [TestCase("CI")]
    public async Task ReportAsync_NothingLastsAndAnIdIsRequired_SendsNothing(string reason)
    {
        using TestClient client = Passing(isNamed: false, reason);

        ReportOutcome outcome = await client.ReportAsync(ConsentAnswer.Once);

        Assert.That(outcome, Is.EqualTo(new ReportOutcome.NoPlace(client.DataDirectory)));
        Assert.That(_sink.Deliveries, Is.Empty);
        Assert.That(client.IdFile, Does.Not.Exist);
    }

    [Test]
    public async Task ReportAsync_IdThatWasKeptAndABuildServer_IsTheId()
    {
        string? id;
        using (TestClient before = new(_folder.Combine("paperless-ngx"), _sink) { NamesFolder = false })
        {
            await before.ReportAsync(ConsentAnswer.Yes);
            id = (await before.Reporter.GetStatusAsync()).InstallationId;
        }

        using TestClient client = Passing(isNamed: false, "CI");

        Assert.That(await client.ReportAsync(ConsentAnswer.Once), Is.EqualTo(new ReportOutcome.Sent()));
        Assert.That((string?)Sent.Last()["uuid"], Is.EqualTo(id));
    }

    private IEnumerable<JsonNode> Sent => _sink.Reports.Select(report => JsonNode.Parse(report)!);

    private TestClient Anonymous() => new(_folder.Combine("state"), _sink)
    {
        Time = _time,
        Configure = options => options.Identity = ReportIdentity.None,
        Add = builder => builder.AddIdentityFields(
            IdentityFields.Nonce(), IdentityFields.FirstInWeek(), IdentityFields.FirstInMonth(), IdentityFields.FirstEver()),
    };

    private TestClient Passing(bool isNamed, string reason, params UsageField[] fields)
    {
        TestClient client = new(_folder.Combine("paperless-ngx"), _sink)
        {
            Time = _time,
            NamesFolder = isNamed,
            Configure = _ => { },
            Add = builder => builder.AddIdentityFields([.. fields, IdentityFields.FirstReport()]),
        };
        switch (reason)
        {
            case nameof(FakeMachine.IsReadOnly):
                client.Machine.IsReadOnly = true;
                break;
            case "CI":
                client.Machine.Variables["CI"] = "true";
                break;
            default:
                client.Machine.FileSystem = reason;
                break;
        }

        return client;
    }
}
