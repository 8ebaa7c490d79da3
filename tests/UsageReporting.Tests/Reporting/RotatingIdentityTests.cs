using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

/// <summary>An application whose id is another one in each week.</summary>
public sealed class RotatingIdentityTests
{
    private ScriptedSink _sink = null!;
    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _time = null!;

    private string Secret => _folder.Combine("state", "usage_secret");

    [SetUp]
    public void MakeFolder()
    {
        _sink = new ScriptedSink();
        _folder = new TemporaryFolder();
        // A Thursday.
        _time = new ManualTimeProvider(new DateTimeOffset(2026, 12, 31, 12, 0, 0, TimeSpan.Zero));
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task ReportAsync_BeforeTheYes_KeepsNothing()
    {
        using TestClient client = Client();

        await client.ReportAsync(ConsentAnswer.No);

        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public async Task ReportAsync_Yes_SendsTheIdThatWasShownAndKeepsItsSecret()
    {
        using TestClient client = Client();
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        await client.Reporter.ReportAsync(prompt);

        JsonNode sent = Sent(0);
        Assert.That(prompt.Seen.Single().Rows[0].Value, Is.EqualTo((string?)sent["uuid"]));
        Assert.That((string?)sent["uuid"], Does.Match(@"\A[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z"));
        Assert.That((string?)sent["period"], Is.EqualTo("2026-W53"));
        Assert.That(await File.ReadAllTextAsync(Secret), Does.Match(@"\A[0-9a-f]{64}\n\z"));
        Assert.That(
            OperatingSystem.IsWindows() || File.GetUnixFileMode(Secret) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(_sink.Reports.Single(), Does.Not.Contain((await File.ReadAllTextAsync(Secret)).Trim()));
        Assert.That((await client.Reporter.GetStatusAsync()).InstallationId, Is.EqualTo((string?)sent["uuid"]));
    }

    [Test]
    public async Task ReportAsync_InOnePeriodAndTheNext_IsOneIdAndAnother()
    {
        using TestClient client = Client();
        await client.ReportAsync(ConsentAnswer.Yes);
        _time.Advance(TimeSpan.FromDays(3));
        await client.ReportAsync(ConsentAnswer.Yes);
        _time.Advance(TimeSpan.FromDays(1));
        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(Sent(1).ToJsonString(), Is.EqualTo(Sent(0).ToJsonString().Replace("\"first_report\":true", "\"first_report\":false", StringComparison.Ordinal)));
        Assert.That((string?)Sent(2)["period"], Is.EqualTo("2027-W01"));
        foreach (string name in new[] { "uuid", "erasure_key" })
        {
            Assert.That((string?)Sent(2)[name], Is.Not.EqualTo((string?)Sent(0)[name]), name);
        }
    }

    [Test]
    public async Task ReportAsync_RefusedInThePeriod_DropsTheReportAndTheNextPeriodIsDue()
    {
        using TestClient client = Client();
        DateTimeOffset sent = new(2026, 12, 30, 8, 0, 0, TimeSpan.Zero);
        _sink.Answering(new DeliveryResult.AlreadyReported(sent, sent.AddDays(7)));

        ReportOutcome outcome = await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(client.FrozenFile, Does.Not.Exist);
        Assert.That(client.Reporter.Describe(outcome), Is.EqualTo(new[]
        {
            "Already submitted 1 day ago. Nothing sent.",
            "You can send again after 2027-01-04.",
        }));
    }

    [Test]
    public async Task ReportAsync_UnansweredInThePeriod_IsSentAgainByteForByte()
    {
        using TestClient client = Client();
        _sink.Answering(ScriptedSink.Unanswered);
        await client.ReportAsync(ConsentAnswer.Yes);
        _time.Advance(TimeSpan.FromDays(3));

        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(_sink.Reports.Last(), Is.EqualTo(_sink.Reports.First()));
        Assert.That(_sink.Deliveries[1].IsRepeat, Is.True);
    }

    [Test]
    public async Task ReportAsync_UnansweredInAnEarlierPeriod_IsLeftToThatOne()
    {
        using TestClient client = Client();
        _sink.Answering(ScriptedSink.Unanswered);
        await client.ReportAsync(ConsentAnswer.Yes);
        _time.Advance(TimeSpan.FromDays(4));

        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(_sink.Deliveries[1].IsRepeat, Is.False);
        Assert.That((string?)Sent(1)["period"], Is.EqualTo("2027-W01"));
        Assert.That((string?)Sent(1)["uuid"], Is.Not.EqualTo((string?)Sent(0)["uuid"]));
    }

    [Test]
    public async Task ReportAsync_PeriodEndsWhileTheQuestionStands_AsksAgainWithTheNewId()
    {
        using TestClient client = Client();
        _time.Advance(TimeSpan.FromDays(2));
        // On Saturday, and on Monday again.
        ScriptedPrompt prompt = new((_, _) =>
        {
            _time.Advance(TimeSpan.FromDays(2));
            return ConsentAnswer.Yes;
        });

        Assert.That(await client.Reporter.ReportAsync(prompt), Is.EqualTo(new ReportOutcome.Sent()));

        Assert.That(prompt.Seen, Has.Count.EqualTo(2));
        Assert.That(_sink.Reports.Single(), Is.EqualTo(prompt.Seen[^1].Json));
        Assert.That((string?)Sent(0)["period"], Is.EqualTo("2027-W01"));
    }

    [Test]
    public async Task ReportAsync_SecretForgottenWhileTheQuestionStands_AsksAgain()
    {
        using TestClient client = Client();
        await client.ReportAsync(ConsentAnswer.Yes);
        bool isReset = false;
        ScriptedPrompt prompt = new((_, _) =>
        {
            isReset = isReset || client.Reporter.ResetIdAsync().GetAwaiter().GetResult();
            return ConsentAnswer.Yes;
        });

        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Select(preview => preview.Rows[0].Value).Distinct().Count(), Is.EqualTo(2));
        Assert.That(_sink.Reports.Last(), Is.EqualTo(prompt.Seen[^1].Json));
    }

    [TestCase("")]
    [TestCase("0123456789abcdef")]
    [TestCase("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F")]
    [TestCase("not a secret at all, and kept for a person to look at")]
    public async Task ReportAsync_DamagedSecret_IsSetAsideAndANewOneKept(string content)
    {
        Directory.CreateDirectory(_folder.Combine("state"));
        await File.WriteAllTextAsync(Secret, content);
        using TestClient client = Client();

        Assert.That(await client.ReportAsync(ConsentAnswer.Yes), Is.EqualTo(new ReportOutcome.Sent()));

        Assert.That(await File.ReadAllTextAsync(Secret), Does.Match(@"\A[0-9a-f]{64}\n\z"));
        Assert.That(await File.ReadAllTextAsync(Secret + ".old"), Is.EqualTo(content));
    }

    [Test]
    public async Task ReportAsync_SecretThatAnEditorTouched_IsTheSecret()
    {
        Directory.CreateDirectory(_folder.Combine("state"));
        await File.WriteAllTextAsync(Secret, "\uFEFF" + new string('0', 64) + "\r\n");
        using TestClient client = Client();

        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(
            (string?)Sent(0)["uuid"],
            Is.EqualTo(Core.Identity.RotatingId.Of(new string('0', 64), "paperless-ngx", "2026-W53")));
    }

    [Test]
    public async Task OffAndResetId_Secret_IsForgotten([Values] bool isOff)
    {
        using TestClient client = Client();
        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(await (isOff ? client.Reporter.SetConsentAsync(ConsentChoice.No) : client.Reporter.ResetIdAsync()), Is.True);

        Assert.That(Secret, Does.Not.Exist);
        Assert.That(_folder.Combine("state", "last_report"), Does.Not.Exist);
        Assert.That((await client.Reporter.GetStatusAsync()).InstallationId, Is.Null);
    }

    [Test]
    public async Task ToText_RotatingId_IsCalledRotatingAndNeverAnonymous()
    {
        using TestClient client = Client();
        ScriptedPrompt prompt = new(ConsentAnswer.No);

        await client.Reporter.ReportAsync(prompt);

        string text = prompt.Seen.Single().ToText(isDryRun: true);
        Assert.That(text, Does.Contain($"{prompt.Seen.Single().Rows[0].Value} (rotating; new, not kept)\n"));
        Assert.That(text, Does.Contain("Period").And.Contain("First report").And.Contain("Erasure key"));
        Assert.That(text, Does.Not.Contain("anonymous"));
    }

    private JsonNode Sent(int number) => JsonNode.Parse(_sink.Reports.ElementAt(number))!;

    private TestClient Client() => new(_folder.Combine("state"), _sink)
    {
        Time = _time,
        Configure = options => options.Identity = new ReportIdentity { Kind = IdentityKind.Rotating },
        Add = builder => builder.AddIdentityFields(
            IdentityFields.Period(RotationPeriod.Week), IdentityFields.FirstReport(), IdentityFields.ErasureKey()),
    };
}
