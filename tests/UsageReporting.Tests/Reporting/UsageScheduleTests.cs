using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;
using UsageReporting.Core.Recording;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

public sealed class UsageScheduleTests
{
    private static readonly CountsField Jobs = UsageField.Counts("jobs", "Jobs", "Why.", ["done"], 0, 1_000_000);

    private ManualTimeProvider _time = null!;
    private ScriptedSink _sink = null!;
    private TemporaryFolder _folder = null!;
    private TestClient? _client;

    // What the server does: when it accepted last, and what.
    private DateTimeOffset? _last;
    private readonly List<(DateTimeOffset At, string Report)> _accepted = [];

    private string State => _folder.Combine("state");

    [SetUp]
    public void MakeFolder()
    {
        _time = new ManualTimeProvider();
        _folder = new TemporaryFolder();
        _last = null;
        _accepted.Clear();
        _sink = new ScriptedSink();
        _sink.Answer = _ => Task.FromResult(Serve());
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(30)]
    public async Task Check_EachDayOfAYear_CountsEverythingOnceAndIsNeverRefused(int interval)
    {
        using TestClient client = Client(interval);
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        UsageSchedule schedule = client.Services.GetRequiredService<UsageSchedule>();
        UsageTally jobs = client.Reporter.Tallies.Of(Jobs, "done");
        int counted = 0;
        for (int day = 0; day < 365; day++)
        {
            jobs.Add();
            counted++;
            await CheckAsync(schedule);
            _time.Advance(TimeSpan.FromDays(1));
        }

        _time.Advance(TimeSpan.FromDays(31));
        await CheckAsync(schedule);
        Assert.That(_accepted.Sum(one => NumberIn(one.Report)), Is.EqualTo(counted));
        Assert.That(_accepted, Has.Count.InRange((365 / Math.Max(interval, 8)) - 1, (365 / Math.Max(interval, 7)) + 2));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(_accepted.Count), "nothing is refused");
    }

    [Test]
    public async Task Check_ClockJumpsByACenturyAndBack_GoesOnAsBefore()
    {
        // Without tallies, whose timer would fire three hundred million times on the way.
        using TestClient client = Client(hasTallies: false);
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        UsageSchedule schedule = client.Services.GetRequiredService<UsageSchedule>();
        await UntilDueAsync(schedule);
        DateTimeOffset now = _time.GetUtcNow();
        _time.SetUtcNow(now.AddYears(100));
        await CheckForAsync(schedule, days: 1);
        int inTheFuture = _sink.Deliveries.Count;
        _time.SetUtcNow(now.AddDays(1));
        int before = _accepted.Count;
        _last = now;
        await CheckForAsync(schedule, days: 16);

        Assert.That(inTheFuture, Is.InRange(2, 4), "no endless chain");
        Assert.That(_accepted, Has.Count.GreaterThan(before), "it does not wait for a century");
    }

    [Test]
    public async Task Check_NothingAgreed_DoesNothingAndWritesNothing()
    {
        using TestClient client = Client();
        await CheckForAsync(client.Services.GetRequiredService<UsageSchedule>(), days: 14);

        Assert.That(Directory.Exists(State), Is.False);
        Assert.That(_sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task Check_InAutomation_NothingStartsByItself()
    {
        using TestClient client = Client();
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        client.Machine.Variables["CI"] = "true";
        await CheckForAsync(client.Services.GetRequiredService<UsageSchedule>(), days: 14);

        Assert.That(_sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task Check_NobodyListens_TwoRunsADay()
    {
        using TestClient client = Client();
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        UsageSchedule schedule = client.Services.GetRequiredService<UsageSchedule>();

        // With a wait that does not fit a run, so that each has one attempt.
        _sink.Answering(new DeliveryResult.Unreachable("refused", MaybeReceived: false) { RetryAfter = TimeSpan.FromHours(1) });
        client.Reporter.Tallies.Of(Jobs, "done").Add(3);
        await CheckForAsync(schedule, days: 8);
        int before = _sink.Deliveries.Count;
        await CheckForAsync(schedule, days: 1);
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(before + 2));

        _sink.Answer = _ => Task.FromResult(Serve());
        await CheckForAsync(schedule, days: 1);
        Assert.That(_accepted.Sum(one => NumberIn(one.Report)), Is.EqualTo(3));
    }

    [Test]
    public async Task Check_AnotherProcessHoldsTheLock_DoesNothing()
    {
        using TestClient client = Client();
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        UsageSchedule schedule = client.Services.GetRequiredService<UsageSchedule>();
        using (new FileStream(Path.Combine(State, "schedule.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            await CheckForAsync(schedule, days: 8);
            Assert.That(_sink.Deliveries, Is.Empty);
        }

        await CheckForAsync(schedule, days: 8);
        Assert.That(_accepted, Is.Not.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Check_YesIsKeptElsewhere_ReportsAllTheSame(bool isTheHosts)
    {
        using TestClient client = _client = new(State, _sink)
        {
            Time = _time,
            Fields = [UsageField.Flag("mail", "Mail enabled", "Why.")],
            Collect = _ => { },
            Configure = options =>
            {
                options.Consent = ConsentMode.OptIn;
                options.Scope = isTheHosts ? ConsentScope.User : ConsentScope.Installation;
            },
            Add = builder =>
            {
                builder.UseSchedule();
                builder.UseExistingConsent((_, _) => ValueTask.FromResult<ConsentChoice?>(isTheHosts ? ConsentChoice.Yes : null));
            },
        };
        client.Machine.ApplicationFolder = _folder.Combine("app");
        if (!isTheHosts)
        {
            await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        }

        Assert.That(Directory.Exists(State), Is.False, "There is no folder of its own yet.");
        await CheckForAsync(client.Services.GetRequiredService<UsageSchedule>(), days: 8);

        // The first in an hour of its own within a week, and where that is an early one the second as well.
        Assert.That(_accepted, Has.Count.InRange(1, 2));
    }

    [Test]
    public async Task Trigger_NotDue_ReportsAndTheNextIsDueAWindowLater()
    {
        using TestClient client = Client();
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        UsageSchedule schedule = client.Services.GetRequiredService<UsageSchedule>();

        Assert.That(await schedule.TriggerAsync(), Is.EqualTo(new ReportOutcome.Sent()));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(State, "next_due")), Is.EqualTo("2026-05-25T12:10:00Z\n"));
    }

    [Test]
    public async Task Trigger_NobodyListens_IsTriedFourTimes()
    {
        using TestClient client = Client();
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        _sink.Answering(ScriptedSink.Refused);
        Task<ReportOutcome> trigger = client.Services.GetRequiredService<UsageSchedule>().TriggerAsync();

        // In small steps, because what is written between the attempts has its time on the same clock.
        while (await Task.WhenAny(trigger, Task.Delay(5)) != trigger)
        {
            _time.Advance(TimeSpan.FromMilliseconds(20));
        }

        Assert.That(await trigger, Is.EqualTo(new ReportOutcome.NotAccepted(ScriptedSink.Refused)));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Trigger_NothingAgreed_SendsNothing()
    {
        using TestClient client = Client();

        Assert.That(
            await client.Services.GetRequiredService<UsageSchedule>().TriggerAsync(), Is.EqualTo(new ReportOutcome.Declined()));
        Assert.That(Directory.Exists(State), Is.False);
    }

    [Test]
    public async Task No_ForgetsWhenItWasDue()
    {
        using TestClient client = Client();
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        await client.Services.GetRequiredService<UsageSchedule>().TriggerAsync();
        await client.Reporter.SetConsentAsync(ConsentChoice.No);

        Assert.That(File.Exists(Path.Combine(State, "next_due")), Is.False);
    }

    [Test]
    public async Task Host_FiveMinutesAfterTheStart_LooksForTheFirstTime()
    {
        using TestClient client = Client();
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        await File.WriteAllTextAsync(Path.Combine(State, "next_due"), "2026-05-01T00:00:00Z\n");
        int timers = _time.WaitingTimers;
        IHostedService[] services = await StartHostAsync(client);
        Assert.That(() => _time.WaitingTimers, Is.GreaterThan(timers).After(20_000, 5));
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.That(_sink.Deliveries, Is.Empty);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(() => _accepted.Count, Is.EqualTo(1).After(20_000, 5));
        await StopHostAsync(services);
    }

    [Test, Property("Case", 115)]
    public async Task Host_StopsWhileTheEndpointIsABlackHole_IsNotHeldUp()
    {
        using TestClient client = Client();
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        await File.WriteAllTextAsync(Path.Combine(State, "next_due"), "2026-05-01T00:00:00Z\n");
        TaskCompletionSource begun = new();
        _sink.Answer = async _ =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return new DeliveryResult.Accepted();
        };
        int timers = _time.WaitingTimers;
        IHostedService[] services = await StartHostAsync(client);
        Assert.That(() => _time.WaitingTimers, Is.GreaterThan(timers).After(20_000, 5));
        _time.Advance(TimeSpan.FromMinutes(5));
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await StopHostAsync(services).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That(client.Log.Lines, Has.None.Contains("Error"));
    }

    private static async Task<IHostedService[]> StartHostAsync(TestClient client)
    {
        IHostedService[] services = [.. client.Services.GetServices<IHostedService>()];
        foreach (IHostedService service in services)
        {
            await service.StartAsync(CancellationToken.None);
        }

        return services;
    }

    private static async Task StopHostAsync(IHostedService[] services)
    {
        foreach (IHostedService service in services)
        {
            await service.StopAsync(CancellationToken.None);
        }
    }

    private async Task UntilDueAsync(UsageSchedule schedule)
    {
        for (int i = 0; i < 9 * 24 && _accepted.Count == 0; i++)
        {
            await HourAsync(schedule);
        }
    }

    private async Task CheckForAsync(UsageSchedule schedule, int days)
    {
        for (int i = 0; i < days * 24; i++)
        {
            await HourAsync(schedule);
        }
    }

    private async Task HourAsync(UsageSchedule schedule)
    {
        await CheckAsync(schedule);
        _time.Advance(TimeSpan.FromHours(1));
    }

    // What was counted is written first, so that no timer writes it beside.
    private async Task CheckAsync(UsageSchedule schedule)
    {
        await _client!.Services.GetRequiredService<TallyRecorder>().FlushAsync();
        await schedule.CheckAsync(CancellationToken.None);
    }

    private DeliveryResult Serve()
    {
        TimeSpan window = TimeSpan.FromDays(7);
        DateTimeOffset now = _time.GetUtcNow();
        if (_last is { } last && now < last + window && now > last - window)
        {
            return new DeliveryResult.AlreadyReported(last, last + window);
        }

        _last = now;
        _accepted.Add((now, _sink.Reports.Last()));
        return new DeliveryResult.Accepted();
    }

    private static int NumberIn(string report)
    {
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(report);
        return json.RootElement.TryGetProperty("jobs", out System.Text.Json.JsonElement jobs) ? jobs.GetProperty("done").GetInt32() : 0;
    }

    private TestClient Client(int interval = 7, bool hasTallies = true) => _client = new(State, _sink)
    {
        Time = _time,
        Fields = hasTallies ? [] : [UsageField.Flag("mail", "Mail enabled", "Why.")],
        Collect = _ => { },
        Configure = options => options.Consent = ConsentMode.OptIn,
        Add = builder =>
        {
            builder.UseSchedule(schedule => schedule.IntervalDays = interval);
            if (hasTallies)
            {
                builder.AddTallies(tallies => tallies.Add(Jobs));
            }
        },
    };
}
