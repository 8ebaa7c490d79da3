using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.Core.State;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

/// <summary>An application whose people may say yes for the future.</summary>
public sealed class OptInTests
{
    private static readonly FlagField Mail = UsageField.Flag("mail", "Mail enabled", "Why.");
    private static readonly FlagField Search = UsageField.Flag("search", "Search used", "Why.") with { Level = UsageLevel.Full };

    private ManualTimeProvider _time = null!;
    private ScriptedSink _sink = null!;
    private TemporaryFolder _folder = null!;

    private string Consent => _folder.Combine("state", "consent.json");

    [SetUp]
    public void MakeFolder()
    {
        _time = new ManualTimeProvider();
        _sink = new ScriptedSink();
        _folder = new TemporaryFolder();
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task ReportAsync_Yes_IsAskedOnce()
    {
        using TestClient client = Client();
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        await client.Reporter.ReportAsync(prompt);
        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Select(preview => preview.Question), Is.EqualTo(
            new[] { ConsentQuestion.ThisAndLater, ConsentQuestion.None }));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(2));
        Assert.That((await client.Reporter.GetStatusAsync()).Decision.State, Is.EqualTo(ConsentState.On));
    }

    [Test]
    public async Task ReportAsync_Once_IsAskedAgain()
    {
        using TestClient client = Client();
        ScriptedPrompt prompt = new(ConsentAnswer.Once);

        await client.Reporter.ReportAsync(prompt);
        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Select(preview => preview.Question), Is.All.EqualTo(ConsentQuestion.ThisAndLater));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(2));
        Assert.That(File.Exists(Consent), Is.False);
    }

    [Test]
    public async Task ReportAsync_NotNow_KeepsNothing()
    {
        using TestClient client = Client();

        Assert.That(await client.ReportAsync(ConsentAnswer.No), Is.EqualTo(new ReportOutcome.Declined()));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public async Task ReportAsync_Never_KeepsTheRefusalOnlyAndAsksNobodyAgain()
    {
        using TestClient client = Client();
        ScriptedPrompt prompt = new(ConsentAnswer.Never);

        await client.Reporter.ReportAsync(prompt);
        ReportOutcome second = await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen, Has.Count.EqualTo(1));
        Assert.That(client.Reporter.Describe(second), Is.EqualTo(
            new[] { "Usage reporting is off: you said no on 2026-05-18. Nothing sent." }));
        Assert.That(Directory.GetFiles(client.DataDirectory), Is.EquivalentTo(
            new[] { Consent, Path.Combine(client.DataDirectory, "lock") }));
        Assert.That(_sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task ReportAsync_NeverCannotBeKept_SaysSo()
    {
        await File.WriteAllTextAsync(_folder.Combine("state"), "a file, not a folder");
        using TestClient client = Client();

        Assert.That(
            await client.ReportAsync(ConsentAnswer.Never), Is.EqualTo(new ReportOutcome.NoPlace(client.DataDirectory)));
    }

    [Test]
    public async Task ReportAsync_NewField_IsPausedUntilTheNextYes()
    {
        using (TestClient before = Client())
        {
            await before.ReportAsync(ConsentAnswer.Yes);
        }

        FlagField more = UsageField.Flag("tags", "Tags used", "Why.");
        using TestClient client = Client(Mail, Search, more);
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        await client.Reporter.ReportAsync(prompt);
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Select(preview => preview.Paused.Count), Is.EqualTo(new[] { 1, 0 }));
        Assert.That(prompt.Seen[0].ToText(), Does.Contain("\nNot sent, because new to you: Tags used\n"));
        Assert.That(_sink.Reports.First(), Does.EndWith("\"mail\":true,\"search\":true}"));
        Assert.That(_sink.Reports.Last(), Does.EndWith("\"mail\":true,\"search\":true,\"tags\":true}"));
    }

    [Test]
    public async Task ReportAsync_LevelLowered_WaitingReportOfTheHigherIsComposedAnew()
    {
        using TestClient client = Client();
        _sink.Answering(ScriptedSink.Unanswered);
        await client.ReportAsync(ConsentAnswer.Yes);
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes, UsageLevel.Basic);
        _sink.Answering(new DeliveryResult.Accepted());

        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(_sink.Reports.Select(report => report.Contains("search", StringComparison.Ordinal)),
            Is.EqualTo(new[] { true, false }));
        Assert.That(_sink.Deliveries[1].IsRepeat, Is.False);
    }

    [Test]
    public async Task ReportAsync_YesEndsWhileTheReportIsShown_AsksAgain()
    {
        using TestClient client = Client();
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes, lasting: TimeSpan.FromDays(30));
        ScriptedPrompt prompt = new((preview, _) =>
        {
            client.Time.Advance(TimeSpan.FromDays(30));
            return preview.Question == ConsentQuestion.None ? ConsentAnswer.Yes : ConsentAnswer.No;
        });

        Assert.That(await client.Reporter.ReportAsync(prompt), Is.EqualTo(new ReportOutcome.Declined()));
        Assert.That(prompt.Seen.Select(preview => preview.Question), Is.EqualTo(
            new[] { ConsentQuestion.None, ConsentQuestion.ThisAndLater }));
        Assert.That((await client.Reporter.GetStatusAsync()).Decision.Because, Is.EqualTo("your yes ended on 2026-06-17"));
    }

    [Test]
    public async Task SetConsentAsync_No_ForgetsTheIdAndWhatWaits()
    {
        using TestClient client = Client();
        _sink.Answering(ScriptedSink.Unanswered);
        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(await client.Reporter.SetConsentAsync(ConsentChoice.No), Is.True);

        Assert.That((File.Exists(client.IdFile), File.Exists(client.FrozenFile)), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task SetConsentAsync_Local_SendsNothing()
    {
        using TestClient client = Client();
        await client.Reporter.SetConsentAsync(ConsentChoice.Local);

        ReportOutcome outcome = await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(outcome, Is.EqualTo(new ReportOutcome.SwitchedOff("you chose on 2026-05-18 to keep it here")));
        Assert.That(_sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task SetConsentAsync_YesWhereItIsAskedEachTime_OnlyTakesANoBack()
    {
        using TestClient client = new(_folder.Combine("state"), _sink);
        await client.Reporter.SetConsentAsync(ConsentChoice.No);
        ConsentState no = (await client.Reporter.GetStatusAsync()).Decision.State;
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);

        Assert.That((no, (await client.Reporter.GetStatusAsync()).Decision.State), Is.EqualTo((ConsentState.Off, ConsentState.Ask)));
        Assert.That(File.Exists(Consent), Is.False);
    }

    [Test]
    public async Task ForgetAsync_Everything_IsGone()
    {
        using TestClient client = Client();
        _sink.Answering(ScriptedSink.Unanswered);
        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(await client.Reporter.ForgetAsync(), Is.True);

        Assert.That(Directory.GetFiles(client.DataDirectory), Is.EqualTo(new[] { Path.Combine(client.DataDirectory, "lock") }));
    }

    [Test]
    public async Task ForgetAsync_AnotherProcessReportsMeanwhile_ItSendsAndKeepsNothing()
    {
        using TestClient other = Client();
        await other.ReportAsync(ConsentAnswer.Yes);
        using TestClient client = new(other.DataDirectory, _sink)
        {
            NamesFolder = false,
            Configure = other.Configure,
            Add = builder => builder.UseStateStore(_ => new StoreWithMeanwhile(
                new FileStateStore(other.DataDirectory, new UsageTexts(), TimeProvider.System),
                () => other.Reporter.ReportAsync(new ScriptedPrompt((preview, _) =>
                    preview.Question == ConsentQuestion.None ? ConsentAnswer.Yes : ConsentAnswer.No)))),
        };

        Assert.That(await client.Reporter.ForgetAsync(), Is.True);

        Assert.That(_sink.Deliveries, Has.Count.EqualTo(1), "the one of before");
        Assert.That(Directory.GetFiles(client.DataDirectory), Is.EqualTo(new[] { Path.Combine(client.DataDirectory, "lock") }));
    }

    [Test]
    public async Task ReportAsync_AutomationAndAPrompt_ThatAsksAPersonAsksNobody()
    {
        using TestClient client = Client();
        client.Machine.Variables["CI"] = "true";
        using StringWriter output = new();

        ReportOutcome asked = await client.Reporter.ReportAsync(
            new ConsoleConsentPrompt(new StringReader("y\n"), output, isTerminal: true));
        ReportOutcome explicitly = await client.ReportAsync(ConsentAnswer.Once);

        Assert.That(asked, Is.EqualTo(new ReportOutcome.SwitchedOff("CI is set, and nobody can be asked")));
        Assert.That(output.ToString(), Is.Empty);
        Assert.That(explicitly, Is.EqualTo(new ReportOutcome.Sent()));
    }

    [TestCase("y", ConsentAnswer.Yes)]
    [TestCase("o", ConsentAnswer.Once)]
    [TestCase("NEVER", ConsentAnswer.Never)]
    [TestCase("n", ConsentAnswer.No)]
    [TestCase("", ConsentAnswer.No)]
    public async Task AskAsync_ThisAndLater_HasFourAnswers(string typed, ConsentAnswer answer)
    {
        using StringWriter output = new();
        ConsoleConsentPrompt prompt = new(new StringReader(typed + "\n"), output, isTerminal: true);

        Assert.That(
            await prompt.AskAsync(Previews.Of(question: ConsentQuestion.ThisAndLater), CancellationToken.None),
            Is.EqualTo(answer));
        Assert.That(output.ToString(), Does.EndWith("Send this report, and later ones? [y]es, [o]nce, [n]ot now, n[e]ver: "));
    }

    [TestCase(true), TestCase(false)]
    public async Task AskAsync_AgreedBefore_ShowsAndAsksNobody(bool isTerminal)
    {
        using StringWriter output = new();
        ConsoleConsentPrompt prompt = new(TextReader.Null, output, isTerminal);

        Assert.That(
            await prompt.AskAsync(Previews.Of(question: ConsentQuestion.None), CancellationToken.None),
            Is.EqualTo(ConsentAnswer.Yes));
        Assert.That(output.ToString(), Does.Contain("Architecture").And.Not.Contain("?"));
    }

    private static IEnumerable<TestCaseData> Existing =>
    [
        new TestCaseData(ConsentChoice.Yes).Returns("On: you said yes on 2026-05-18"),
        new TestCaseData(ConsentChoice.No).Returns("Off: the application's own setting is off"),
        new TestCaseData(ConsentChoice.Local).Returns("Local: you chose on 2026-05-18 to keep it here"),
        new TestCaseData(null).Returns("Ask: nothing is sent unless you say yes"),
    ];

    [TestCaseSource(nameof(Existing))]
    public async Task<string> UseExistingConsent_Choice_CountsWhileNothingIsChosenHere(ConsentChoice? choice)
    {
        using TestClient client = Client(builder => builder.UseExistingConsent((_, _) => ValueTask.FromResult(choice)), Mail);
        ConsentDecision decision = (await client.Reporter.GetStatusAsync()).Decision;

        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
        return $"{decision.State}: {decision.Because}";
    }

    [Test]
    public async Task UseExistingConsent_Yes_IsBoundToWhatTheFirstReportHeld()
    {
        using (TestClient first = Client(builder => builder.UseExistingConsent((_, _) => ValueTask.FromResult<ConsentChoice?>(ConsentChoice.Yes)), Mail))
        {
            await first.ReportAsync(ConsentAnswer.Yes);
        }

        using TestClient client = Client(
            builder => builder.UseExistingConsent((_, _) => ValueTask.FromResult<ConsentChoice?>(ConsentChoice.Yes)), Mail, Search);

        Assert.That((await client.Reporter.GetStatusAsync()).Decision.Paused, Is.EqualTo(new[] { Search }));
    }

    [Test]
    public async Task UseExistingConsent_Throws_MeansOff()
    {
        using TestClient client = Client(
            builder => builder.UseExistingConsent((_, _) => throw new InvalidOperationException("canary")), Mail);

        Assert.That(
            await client.ReportAsync(ConsentAnswer.Yes),
            Is.EqualTo(new ReportOutcome.SwitchedOff("the application's own setting cannot be read")));
        Assert.That(client.Log.Complaints, Is.Not.Empty.And.All.StartsWith("Warning 1009").And.None.Contains("canary"));
    }

    [Test]
    public async Task BeginRunAsync_AskedInTheFifthRun_ReportsByItselfFromThenOn()
    {
        NoticedPrompt prompt = new();
        for (int run = 1; run <= 7; run++)
        {
            _time.Advance(TimeSpan.FromDays(run == 7 ? 8 : 1));
            await BeginAsync(prompt, () => run == 5);
            Assert.That(prompt.Seen, Has.Count.EqualTo(run < 5 ? 0 : 1));
            Assert.That(_sink.Deliveries, Has.Count.EqualTo(run < 5 ? 0 : run < 7 ? 1 : 2));
            if (run < 5)
            {
                Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
            }
        }
    }

    [TestCase(false, true)]
    [TestCase(true, false)]
    [TestCase(true, null)]
    public async Task BeginRunAsync_NotTheMomentOrNoTerminal_AsksNobody(bool canAsk, bool? isMoment)
    {
        NoticedPrompt prompt = new() { CanAsk = canAsk };

        await BeginAsync(prompt, isMoment is { } moment ? () => moment : null);

        Assert.That((prompt.Seen, prompt.Notices), Is.EqualTo((Array.Empty<ReportPreview>(), Array.Empty<UsageNotice>())));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
    }

    private async Task BeginAsync(NoticedPrompt prompt, Func<bool>? askWhen)
    {
        using TestClient client = new(_folder.Combine("state"), _sink)
        {
            Time = _time,
            Fields = [Mail],
            Collect = values => values.Set(Mail, true),
            Configure = options =>
            {
                options.Consent = ConsentMode.OptIn;
                options.AskWhen = askWhen;
            },
        };
        await using UsageRun run = await client.Reporter.BeginRunAsync(prompt);
        await run.Work;
    }

    private TestClient Client(params FlagField[] fields) => Client(_ => { }, fields.Length == 0 ? [Mail, Search] : fields);

    private TestClient Client(Action<UsageReportingBuilder> add, params FlagField[] fields) =>
        new(_folder.Combine("state"), _sink)
        {
            Fields = fields,
            Collect = values => Array.ForEach(fields, field => values.Set(field, true)),
            Configure = options => options.Consent = ConsentMode.OptIn,
            Add = add,
        };
}
