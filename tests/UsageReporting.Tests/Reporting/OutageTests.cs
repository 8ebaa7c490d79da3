using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.Core.Recording;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

/// <summary>
/// Outages of several periods under the schedule: one frozen report suffices, because what it does not carry stays counted.
/// What may be lost is what a report carried that left, and whose answer did not come in its time.
/// </summary>
public sealed class OutageTests
{
    private static readonly CountsField Days = UsageField.Counts(
        "days", "Days", "Why.", Vocabulary.Of([.. Enumerable.Range(0, 400).Select(day => $"d{day}")]), 0, 1_000_000);

    /// <summary>What the network does for a week.</summary>
    internal enum Network
    {
        Up,
        Refused,
        RequestIsLost,
        AnswerIsLost,
    }

    [TestCase(IdentityKind.Stable, RotationPeriod.Week)]
    [TestCase(IdentityKind.Rotating, RotationPeriod.Week)]
    [TestCase(IdentityKind.Rotating, RotationPeriod.Month)]
    public void Check_WhateverTheNetworkDoesForWeeks_CountsOnce(IdentityKind kind, RotationPeriod period) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(6).WithEndSize(8),
            Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), weeks =>
            {
                using World world = new(new ReportIdentity { Kind = kind, Rotates = period });
                foreach (byte week in weeks.Take(8))
                {
                    world.Week((Network)(week % 4));
                }

                for (int i = 0; i < 6; i++)
                {
                    world.Week(Network.Up);
                }

                world.AssertCountedOnce();
            }));

    [TestCase(IdentityKind.Stable)]
    [TestCase(IdentityKind.Rotating)]
    public void Check_NothingReachedForFivePeriods_LosesNothing(IdentityKind kind)
    {
        using World world = new(new ReportIdentity { Kind = kind });
        world.Week(Network.Up);
        for (int i = 0; i < 5; i++)
        {
            world.Week(Network.Refused);
        }

        Assert.That(world.Frozen, Has.Length.LessThanOrEqualTo(1));
        world.Week(Network.Up);
        world.Week(Network.Up);

        world.AssertCountedOnce();
        Assert.That(World.DaysIn(world.Accepted), Has.Count.GreaterThanOrEqualTo(world.Day - 14), "none of the five weeks is lost");
    }

    [TestCase(IdentityKind.Stable)]
    [TestCase(IdentityKind.Rotating)]
    [Property("Case", 115)]
    public void Check_BlackHoleForTwoMonths_KeepsOneFrozenReportAndALineAWeek(IdentityKind kind)
    {
        using World world = new(new ReportIdentity { Kind = kind });
        for (int i = 0; i < 8; i++)
        {
            world.Week(Network.RequestIsLost);
        }

        Assert.That(world.Frozen, Has.Length.EqualTo(1));
        Assert.That(world.Sent, Has.Count.InRange(7, 9), "two attempts a day are one line a report");
        Assert.That(world.Attempts, Is.InRange(8 * 12, 8 * 14));
    }

    [Test]
    public void Check_RotatingId_FallsOnceInEachPeriodAtItsOwnHour()
    {
        using World world = new(new ReportIdentity { Kind = IdentityKind.Rotating });
        world.Week(Network.Up, checkEvery: 1);
        world.Week(Network.Up, checkEvery: 1);
        world.Week(Network.Refused, checkEvery: 1);
        for (int i = 0; i < 3; i++)
        {
            world.Week(Network.Up, checkEvery: 1);
        }

        DateTimeOffset[] times = [.. world.Accepted.Select(report => report.At)];
        string[] periods = [.. times.Select(at => ReportPeriod.Of(RotationPeriod.Week, at))];
        Assert.That(periods, Is.Unique.And.Length.GreaterThanOrEqualTo(5));

        // The one after the outage came as soon as it could; the others at the one place, also after that.
        Assert.That(times.GroupBy(at => (at.DayOfWeek, at.Hour)).Max(place => place.Count()), Is.GreaterThanOrEqualTo(times.Length - 1));
        Assert.That((times[^1].DayOfWeek, times[^1].Hour), Is.EqualTo((times[1].DayOfWeek, times[1].Hour)));
    }

    /// <summary>One installation that counts one thing a day, its server and the network between them.</summary>
    private sealed class World : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly ManualTimeProvider _time = new();
        private readonly ScriptedSink _sink = new();
        private readonly TestClient _client;
        private readonly UsageSchedule _schedule;
        private readonly ReportIdentity _identity;
        private readonly Dictionary<string, (DateTimeOffset At, string Report)> _last = [];
        private readonly HashSet<string> _unanswered = [];
        private Network _network;

        public World(ReportIdentity identity)
        {
            _identity = identity;
            _client = new TestClient(_folder.Combine("state"), _sink)
            {
                Time = _time,
                Fields = [],
                Collect = _ => { },
                Configure = options => (options.Consent, options.Identity) = (ConsentMode.OptIn, identity),
                Add = builder =>
                {
                    // No more than one attempt a run, so that nothing waits on the clock.
                    builder.UseSchedule(schedule => schedule.RetryCount = 0).AddTallies(tallies => tallies.Add(Days));
                    if (identity.Kind == IdentityKind.Rotating)
                    {
                        builder.AddIdentityFields(IdentityFields.Period(identity.Rotates));
                    }
                },
            };
            _sink.Answer = _ => Task.FromResult(Answer(_sink.Deliveries[^1]));
            _schedule = _client.Services.GetRequiredService<UsageSchedule>();
            Wait(_client.Reporter.SetConsentAsync(ConsentChoice.Yes));
        }

        public int Day { get; private set; }

        public List<(DateTimeOffset At, string Report)> Accepted { get; } = [];

        public int Attempts => _sink.Deliveries.Count;

        public IReadOnlyList<SentReport> Sent => _client.Reporter.GetHistoryAsync().GetAwaiter().GetResult();

        public string[] Frozen => Directory.GetFiles(_client.DataDirectory, "frozen_*");

        public void Week(Network network, int checkEvery = 6)
        {
            _network = network;
            for (int hour = 0; hour < 7 * 24; hour += checkEvery)
            {
                if (hour % 24 == 0)
                {
                    _client.Reporter.Tallies.Of(Days, $"d{Day++}").Add();
                }

                // What was counted is written first: who waits for the folder waits on the clock that is driven here.
                Wait(_client.Services.GetRequiredService<TallyRecorder>().FlushAsync());
                Wait(_schedule.CheckAsync(CancellationToken.None));
                _time.Advance(TimeSpan.FromHours(checkEvery));
            }
        }

        public void AssertCountedOnce()
        {
            List<string> reported = DaysIn(Accepted);
            HashSet<string> mayBeLost = [.. DaysIn(_unanswered.Except(Accepted.Select(one => one.Report)).Select(report => (default(DateTimeOffset), report)))];
            Assert.That(reported, Is.Unique);
            string[] missing =
            [
                .. Enumerable.Range(0, Day).Select(day => $"d{day}").Except(reported).Except(mayBeLost).Except(DaysKept()),
            ];
            Assert.That(missing, Is.Empty);
            Assert.That(Frozen, Has.Length.LessThanOrEqualTo(1));
        }

        public static List<string> DaysIn(IEnumerable<(DateTimeOffset At, string Report)> reports) =>
        [
            .. from one in reports
               let report = JsonElement.Parse(one.Report)
               where report.TryGetProperty("days", out _)
               from day in report.GetProperty("days").EnumerateObject()
               select day.Name,
        ];

        public void Dispose()
        {
            _client.Dispose();
            _folder.Dispose();
        }

        private IEnumerable<string> DaysKept() => _client.Reporter.Kept.GetCountedAsync().GetAwaiter().GetResult()
            .SelectMany(period => period.Goes).Select(word => word.Word);

        private DeliveryResult Answer(ReportDelivery delivery)
        {
            string report = Encoding.UTF8.GetString(delivery.Report.Span);
            switch (_network)
            {
                case Network.Refused:
                    return ScriptedSink.Refused;
                case Network.Up:
                    return Serve(delivery, report);
                case Network.AnswerIsLost:
                    Serve(delivery, report);
                    break;
            }

            _unanswered.Add(report);
            return ScriptedSink.Unanswered;
        }

        // What the server does: a rotating id counts once and within its period, a stable one once in a window.
        private DeliveryResult Serve(ReportDelivery delivery, string report)
        {
            DateTimeOffset now = _time.GetUtcNow();
            JsonElement json = JsonElement.Parse(report);
            string id = json.GetProperty("uuid").GetString()!;
            bool isRotating = _identity.Kind == IdentityKind.Rotating;
            if (isRotating)
            {
                Assert.That(json.GetProperty("period").GetString(), Is.EqualTo(ReportPeriod.Of(_identity.Rotates, now)), "not in its time");
            }

            if (_last.TryGetValue(id, out var last) && (isRotating || now < last.At.AddDays(7)))
            {
                return delivery.IsRepeat && last.Report == report
                    ? new DeliveryResult.Accepted()
                    : new DeliveryResult.AlreadyReported(last.At, last.At.AddDays(7));
            }

            _last[id] = (now, report);
            Accepted.Add((now, report));
            return new DeliveryResult.Accepted();
        }

        private static void Wait(Task task) => task.GetAwaiter().GetResult();
    }
}
