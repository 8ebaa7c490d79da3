using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using VerifyNUnit;

namespace UsageReporting.Tests.Reporting;

/// <summary>An application that reports by default, and tells people so first.</summary>
public sealed class OptOutTests
{
    private static readonly FlagField Mail = UsageField.Flag("mail", "Mail enabled", "Why.");
    private static readonly FlagField Search = UsageField.Flag("search", "Search used", "Why.") with { Level = UsageLevel.Full };

    private ManualTimeProvider _time = null!;
    private ScriptedSink _sink = null!;
    private TemporaryFolder _folder = null!;

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
    public async Task BeginRunAsync_First_TellsAndSendsNothing()
    {
        NoticedPrompt prompt = new();
        using TestClient client = Client();

        await RunAsync(client, prompt);
        await RunAsync(client, prompt);

        Assert.That(prompt.Notices.Select(notice => notice.Reason), Is.EqualTo(new[] { NoticeReason.First }));
        Assert.That(_sink.Deliveries, Is.Empty, "The second run was in the same process, which is still the one of the notice.");
        Assert.That(Files(), Is.EquivalentTo(new[] { "consent.json", "lock" }));
        await Verifier.Verify(prompt.Notices[0].ToText());
    }

    [Test]
    public async Task BeginRunAsync_Later_SendsWithoutAWord()
    {
        await ToldAsync();
        NoticedPrompt prompt = new();
        using TestClient client = Client();

        await RunAsync(client, prompt);

        Assert.That(prompt.Notices, Is.Empty);
        Assert.That(_sink.Reports.Single(), Does.EndWith("\"mail\":true}"), "What is above basic needs a yes.");
    }

    [Test]
    public async Task BeginRunAsync_NobodyCanSeeIt_TellsAndSendsNothing()
    {
        NoticedPrompt prompt = new() { CanAsk = false };
        for (int i = 0; i < 3; i++)
        {
            using TestClient client = Client();
            await RunAsync(client, prompt);
        }

        Assert.That((prompt.Notices, _sink.Deliveries), Is.EqualTo((Array.Empty<UsageNotice>(), Array.Empty<ReportDelivery>())));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public async Task BeginRunAsync_NoticeNotSeen_IsShownAgain()
    {
        NoticedPrompt prompt = new() { IsSeen = false };
        for (int i = 0; i < 2; i++)
        {
            using TestClient client = Client();
            await RunAsync(client, prompt);
        }

        Assert.That(prompt.Notices, Has.Count.EqualTo(2));
        Assert.That(_sink.Deliveries, Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public async Task BeginRunAsync_NoticeCannotBeNoted_SendsNothing()
    {
        await File.WriteAllTextAsync(_folder.Combine("state"), "a file, not a folder");
        for (int i = 0; i < 2; i++)
        {
            using TestClient client = Client();
            await RunAsync(client, new NoticedPrompt());
        }

        Assert.That(_sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task BeginRunAsync_NoticeThatWasDamaged_IsShownAgain()
    {
        await ToldAsync();
        string file = _folder.Combine("state", "consent.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("2026", "2025", StringComparison.Ordinal));
        NoticedPrompt prompt = new();
        using TestClient client = Client();

        await RunAsync(client, prompt);

        Assert.That(prompt.Notices, Has.Count.EqualTo(1));
        Assert.That(_sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task BeginRunAsync_NoAfterTheNotice_IsNo()
    {
        await ToldAsync();
        using TestClient client = Client();
        await client.Reporter.SetConsentAsync(ConsentChoice.No);

        await RunAsync(client, new NoticedPrompt());

        Assert.That(_sink.Deliveries, Is.Empty);
        Assert.That(Files(), Is.EquivalentTo(new[] { "consent.json", "lock" }));
    }

    [Test]
    public async Task BeginRunAsync_NoWhileTheNoticeIsShown_IsNotOverwritten()
    {
        using TestClient client = Client();
        NoticedPrompt prompt = new() { Told = () => client.Reporter.SetConsentAsync(ConsentChoice.No).GetAwaiter().GetResult() };

        await RunAsync(client, prompt);

        Assert.That(
            (await client.Reporter.GetStatusAsync()).Decision.Because, Is.EqualTo("you said no on 2026-05-18"));
    }

    [TestCase("DO_NOT_TRACK", "1")]
    [TestCase("CI", "true")]
    [TestCase("CLAUDECODE", "1")]
    [TestCase("PAPERLESS_NGX_NO_ANALYTICS", "1")]
    public async Task BeginRunAsync_SwitchedOffOrAutomated_NeitherTellsNorSends(string variable, string value)
    {
        NoticedPrompt prompt = new();
        using (TestClient first = Client())
        {
            first.Machine.Variables[variable] = value;
            await RunAsync(first, prompt);
        }

        Assert.That(prompt.Notices, Is.Empty);
        await ToldAsync();
        using TestClient client = Client();
        client.Machine.Variables[variable] = value;
        await RunAsync(client, prompt);

        Assert.That(_sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task BeginRunAsync_Debug_ShowsAndSendsAndKeepsNothing()
    {
        NoticedPrompt prompt = new();
        using TestClient client = Client();
        client.Machine.Variables["PAPERLESS_NGX_USAGE_REPORTING"] = "debug";

        ReportOutcome? outcome = await RunAsync(client, prompt);

        Assert.That(client.Reporter.Describe(outcome!), Is.EqualTo(new[]
        {
            "Usage reporting is off: PAPERLESS_NGX_USAGE_REPORTING is debug, which prints and does not send. Nothing sent.",
        }));
        Assert.That(prompt.Seen.Single().Question, Is.EqualTo(ConsentQuestion.None));
        Assert.That(prompt.Seen.Single().Json, Does.EndWith("\"mail\":true}"));
        Assert.That(prompt.Notices, Is.Empty);
        Assert.That(_sink.Deliveries, Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public async Task BeginRunAsync_DebugAndSwitchedOff_ShowsNothing()
    {
        NoticedPrompt prompt = new();
        using TestClient client = Client();
        client.Machine.Variables["PAPERLESS_NGX_USAGE_REPORTING"] = "debug";
        client.Machine.Variables["PAPERLESS_NGX_NO_ANALYTICS"] = "1";

        Assert.That(await RunAsync(client, prompt), Is.Null);
        Assert.That(prompt.Seen, Is.Empty);
    }

    [Test]
    public async Task BeginRunAsync_NewField_IsToldOfAndWaitsWhileTheOthersGoOn()
    {
        await ToldAsync();
        FlagField tags = UsageField.Flag("tags", "Tags used", "Why.");
        NoticedPrompt unseen = new() { CanAsk = false };
        using (TestClient client = Client(Mail, tags))
        {
            await RunAsync(client, unseen);
        }

        Assert.That(_sink.Reports.Single(), Does.EndWith("\"mail\":true}"));

        NoticedPrompt prompt = new();
        for (int i = 0; i < 2; i++)
        {
            _time.Advance(TimeSpan.FromDays(8));
            using TestClient client = Client(Mail, tags);
            await RunAsync(client, prompt);
        }

        Assert.That(_sink.Reports.Last(), Does.EndWith("\"mail\":true,\"tags\":true}"));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(2));
        await Verifier.Verify(prompt.Notices.Single().ToText());
    }

    [Test]
    public async Task BeginRunAsync_AnotherOperator_IsToldOfFirst()
    {
        await ToldAsync();
        NoticedPrompt prompt = new();
        for (int i = 0; i < 2; i++)
        {
            using TestClient client = new(_folder.Combine("state"), _sink)
            {
                Time = _time,
                Fields = [Mail],
                Collect = values => values.Set(Mail, true),
                Configure = options =>
                {
                    options.Consent = ConsentMode.OptOut;
                    options.Operator = "Another";
                },
            };
            await RunAsync(client, prompt);
            Assert.That(_sink.Deliveries, Has.Count.EqualTo(i));
        }

        await Verifier.Verify(prompt.Notices.Single().ToText());
    }

    [Test]
    public async Task BeginRunAsync_NotDue_SendsNothing()
    {
        await ToldAsync();
        foreach ((double days, int sent) in new[] { (0, 1), (0.1, 1), (6.8, 1), (0.2, 2), (0.1, 2) })
        {
            _time.Advance(TimeSpan.FromDays(days));
            using TestClient client = Client();
            await RunAsync(client, new NoticedPrompt());
            Assert.That(_sink.Deliveries, Has.Count.EqualTo(sent));
        }
    }

    [Test, Property("Case", 113)]
    public async Task BeginRunAsync_DueTimeOfAClockThatWasWrong_IsNotWaitedFor()
    {
        await ToldAsync();
        foreach ((int year, int sent) in new[] { (2100, 1), (2026, 2) })
        {
            _time.SetUtcNow(new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero));
            using TestClient client = Client();
            await RunAsync(client, new NoticedPrompt());
            Assert.That(_sink.Deliveries, Has.Count.EqualTo(sent));
        }
    }

    [Test]
    public async Task BeginRunAsync_AlreadyReported_WaitsUntilItIsAccepted()
    {
        await ToldAsync();
        _sink.Answering(new DeliveryResult.AlreadyReported(_time.GetUtcNow().AddDays(-1), _time.GetUtcNow().AddDays(6)));
        foreach ((int days, int sent) in new[] { (0, 1), (5, 1), (2, 2) })
        {
            _time.Advance(TimeSpan.FromDays(days));
            using TestClient client = Client();
            await RunAsync(client, new NoticedPrompt());
            Assert.That(_sink.Deliveries, Has.Count.EqualTo(sent));
        }
    }

    [Test]
    public async Task BeginRunAsync_EndpointAsksForTime_IsLeftAloneUntilThen()
    {
        await ToldAsync();
        _sink.Answering(new DeliveryResult.Unreachable("503", MaybeReceived: false) { RetryAfter = TimeSpan.FromHours(1) });
        foreach ((int minutes, int sent) in new[] { (0, 1), (1, 1), (58, 1), (1, 2) })
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            using TestClient client = Client();
            await RunAsync(client, new NoticedPrompt());
            Assert.That(_sink.Deliveries, Has.Count.EqualTo(sent));
        }

        Assert.That(_sink.Reports.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task BeginRunAsync_NoIdWouldLast_IsNotComposedAnewInEachRun()
    {
        int collected = 0;
        foreach ((int hours, int composed) in new[] { (0, 0), (0, 1), (0, 1), (11, 1), (1, 2) })
        {
            _time.Advance(TimeSpan.FromHours(hours));
            using TestClient client = new(_folder.Combine("paperless-ngx"), _sink)
            {
                NamesFolder = false,
                Machine = { FileSystem = "overlay" },
                Time = _time,
                Fields = [Mail],
                Collect = _ => collected++,
                Configure = Configure,
            };
            await RunAsync(client, new NoticedPrompt());
            Assert.That(collected, Is.EqualTo(composed));
        }

        Assert.That(_sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task BeginRunAsync_NotReached_TheNextRunSendsTheSameBytes()
    {
        await ToldAsync();
        _sink.Answering(ScriptedSink.Refused);
        using (TestClient client = Client())
        {
            await RunAsync(client, new NoticedPrompt());
        }

        Assert.That(Files(), Does.Contain("frozen_report.json"));
        _sink.Answering(new DeliveryResult.Accepted());
        _time.Advance(TimeSpan.FromMinutes(1));
        using TestClient next = Client();
        await RunAsync(next, new NoticedPrompt());

        Assert.That(_sink.Reports.Distinct().Count(), Is.EqualTo(1));
        Assert.That(_sink.Deliveries.Select(delivery => delivery.IsRepeat), Is.EqualTo(new[] { false, false }));
        Assert.That(Files(), Does.Not.Contain("frozen_report.json"));
    }

    [Test]
    public async Task DisposeAsync_NobodyAnswers_WaitsNextToNothingAndLeavesTheReportFrozen()
    {
        await ToldAsync();
        using TestClient client = Client();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _sink.Answer = async token =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return new DeliveryResult.Accepted();
        };

        UsageRun run = await client.Reporter.BeginRunAsync(new NoticedPrompt());
        await asked.Task;
        Task disposing = run.DisposeAsync().AsTask();
        Assert.That(disposing.IsCompleted, Is.False);
        while (!disposing.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(25));
            await Task.Yield();
        }

        await run.Work;

        Assert.That(Files(), Does.Contain("frozen_report.json").And.Not.Contain("next_due"));
        _sink.Answer = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted());
        using TestClient next = Client();
        await RunAsync(next, new NoticedPrompt());
        Assert.That(_sink.Deliveries.Select(delivery => delivery.IsRepeat), Is.EqualTo(new[] { false, true }));
        Assert.That(_sink.Reports.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task DisposeAsync_FrozenReportIsTooOld_WaitsForTheOneThatTakesItsPlace()
    {
        await ToldAsync();
        _sink.Answering(ScriptedSink.Unanswered);
        using (TestClient before = Client())
        {
            await RunAsync(before, new NoticedPrompt());
        }

        _sink.Answering(new DeliveryResult.Accepted());
        _time.Advance(TimeSpan.FromDays(26));
        using ManualResetEventSlim end = new();
        TaskCompletionSource collecting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using TestClient client = new(_folder.Combine("state"), _sink)
        {
            Time = _time,
            Fields = [Mail],
            Collect = _ =>
            {
                collecting.SetResult();
                end.Wait();
            },
            Configure = Configure,
        };

        UsageRun run = await client.Reporter.BeginRunAsync(new NoticedPrompt());
        await collecting.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Task disposing = run.DisposeAsync().AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.That(() => disposing.IsCompleted, Is.False.After(200), "It is longer than what it waits for the network.");
        end.Set();
        await disposing.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That(_sink.Deliveries.Select(delivery => delivery.IsRepeat), Is.EqualTo(new[] { false, false }));
        Assert.That(_sink.Reports.Distinct().Count(), Is.EqualTo(2));
        Assert.That(Files(), Does.Not.Contain("frozen_report.json"));
    }

    [Test]
    public async Task DisposeAsync_CollectorThatHangs_WaitsHalfASecondAtMost()
    {
        await ToldAsync();
        using ManualResetEventSlim end = new();
        using TestClient client = new(_folder.Combine("state"), _sink)
        {
            Time = _time, Fields = [Mail], Collect = _ => end.Wait(), Configure = Configure,
        };

        UsageRun run = await client.Reporter.BeginRunAsync(new NoticedPrompt());
        DateTimeOffset start = _time.GetUtcNow();
        Task disposing = run.DisposeAsync().AsTask();
        while (!disposing.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            await Task.Delay(1);
            Assert.That(_time.GetUtcNow() - start, Is.LessThan(TimeSpan.FromSeconds(20)));
        }

        end.Set();
        await run.Work;

        Assert.That(_sink.Deliveries, Is.Empty);
        Assert.That(Files(), Does.Not.Contain("usage_uuid"));
    }

    [Test]
    public async Task BeginRunAsync_PromptThrows_TheProgramGoesOn()
    {
        using TestClient client = Client();
        NoticedPrompt prompt = new() { Told = () => throw new InvalidOperationException("/srv/alice/canary") };

        Assert.That(await RunAsync(client, prompt), Is.Null);
        Assert.That(client.Log.Complaints.Single(), Does.StartWith("Warning 1010").And.Not.Contain("canary"));
    }

    [Test]
    public async Task ForgetAsync_AfterTheNotice_IsToldAgain()
    {
        await ToldAsync();
        NoticedPrompt prompt = new();
        using (TestClient client = Client())
        {
            await RunAsync(client, prompt);
            Assert.That(Files(), Does.Contain("next_due"));
            await client.Reporter.ForgetAsync();
            Assert.That(Files(), Is.EqualTo(new[] { "lock" }));
        }

        using TestClient next = Client();
        await RunAsync(next, prompt);

        Assert.That(prompt.Notices, Has.Count.EqualTo(1));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(1));
    }

    [TestCase(ConsentAnswer.Yes, ConsentState.On, "you said yes on 2026-05-18")]
    [TestCase(ConsentAnswer.Never, ConsentState.Off, "you said no on 2026-05-18")]
    public async Task ReportAsync_AskedBeforeTheNotice_CountsAsAChoice(ConsentAnswer answer, ConsentState state, string because)
    {
        using TestClient client = Client();
        NoticedPrompt prompt = new() { Answer = answer };

        await client.Reporter.ReportAsync(prompt);
        ConsentDecision decision = (await client.Reporter.GetStatusAsync()).Decision;

        Assert.That(prompt.Seen.Single().Question, Is.EqualTo(ConsentQuestion.ThisAndLater));
        Assert.That((decision.State, decision.Because), Is.EqualTo((state, because)));
    }

    private static async Task<ReportOutcome?> RunAsync(TestClient client, IConsentPrompt prompt)
    {
        await using UsageRun run = await client.Reporter.BeginRunAsync(prompt);
        await run.Work;
        return run.Outcome;
    }

    private async Task ToldAsync()
    {
        using TestClient client = Client();
        await RunAsync(client, new NoticedPrompt());
    }

    private IEnumerable<string?> Files() => Directory.GetFiles(_folder.Combine("state")).Select(Path.GetFileName);

    private TestClient Client() => Client(Mail, Search);

    private TestClient Client(params FlagField[] fields) => new(_folder.Combine("state"), _sink)
    {
        Time = _time,
        Fields = fields,
        Collect = values => Array.ForEach(fields, field => values.Set(field, true)),
        Configure = Configure,
    };

    private static void Configure(UsageReportingOptions options)
    {
        Paperless.Configure(options);
        options.Consent = ConsentMode.OptOut;
        options.Switches.Add("PAPERLESS_NGX_NO_ANALYTICS");
        options.SettingsFile = "/etc/xdg/paperless-ngx/usage";
    }
}
