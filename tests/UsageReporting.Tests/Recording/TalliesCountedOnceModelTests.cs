using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.Core.Delivery;
using UsageReporting.Core.Recording;
using UsageReporting.Core.State;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Recording;

/// <summary>
/// Whatever happens over weeks, and wherever a process is killed, what was counted and written is in exactly one accepted
/// report. The one exception is a report that left and was never answered within its window: what it carried is not sent
/// again.
/// </summary>
public sealed class TalliesCountedOnceModelTests
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    private static readonly CountsField Jobs = UsageField.Counts(
        "jobs", "Jobs", "Why.", Vocabulary.Of([.. Enumerable.Range(0, 500).Select(number => $"w{number}")]), 0, 3);

    /// <summary>What happens next.</summary>
    internal enum Step
    {
        Count,
        CountWithoutWriting,
        Send,
        NobodyListens,
        RequestIsLost,
        AnswerIsLost,
        Rejected,
        KillBeforeTheServerStores,
        KillAfterTheServerStored,
        AnotherProcessCountsMeanwhile,
        AnotherProcessSendsMeanwhile,
        ForgetTheId,
        ADayPasses,
        AWeekPasses,
    }

    [Test]
    public void ReportAsync_WhateverHappensAndWhereverItIsKilled_CountsOnce() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(40).WithEndSize(30),
            Prop.ForAll(
                ArbMap.Default.ArbFor<(byte Step, byte Kill)[]>(),
                steps => Run([.. steps.Select(step => ((Step)(step.Step % Enum.GetValues<Step>().Length), (int)step.Kill))])));

    // Each of the first writes of counting and sending is one that a process is killed at, before and after it.
    [Test]
    public void ReportAsync_KilledAtEachWrite_CountsOnce([Range(0, 39)] int kill, [Values] bool isAnswerLost) =>
        Run([(Step.Count, 255), (isAnswerLost ? Step.AnswerIsLost : Step.Send, kill), (Step.Count, 255), (Step.Send, 255)]);

    [Test]
    public void ReportAsync_AnswerLostAndTheWindowOver_IsNotSentASecondTime() =>
        Run([(Step.Count, 255), (Step.AnswerIsLost, 255), (Step.AWeekPasses, 255), (Step.Count, 255), (Step.Send, 255)]);

    private static void Run((Step Step, int Kill)[] steps)
    {
        using TemporaryFolder folder = new();
        World world = new(folder);
        foreach ((Step step, int kill) in steps)
        {
            world.Take(step, kill);
        }

        for (int i = 0; i < 3; i++)
        {
            world.Take(Step.AWeekPasses, 255);
            world.Take(Step.Send, 255);
        }

        world.AssertCountedOnce();
        Assert.That(Directory.GetFiles(folder.Combine("state"), "tallies_*"), Is.Empty, "all of it was carried");
    }

    /// <summary>One installation with some processes, its server, and the network between them.</summary>
    private sealed class World
    {
        private readonly TemporaryFolder _folder;
        private readonly ManualTimeProvider _time = new();
        private readonly Dictionary<string, (DateTimeOffset At, string Report)> _last = [];
        private readonly List<string> _accepted = [];
        private readonly HashSet<string> _unanswered = [];
        private readonly Dictionary<string, int> _written = [];
        private readonly Dictionary<string, int> _maybeWritten = [];
        private int _processes;

        public World(TemporaryFolder folder)
        {
            _folder = folder;
            using TestClient client = Client(new ScriptedSink(), out _, int.MaxValue);
            Wait(client.Reporter.SetConsentAsync(ConsentChoice.Yes));
        }

        public void Take(Step step, int kill)
        {
            switch (step)
            {
                case Step.ADayPasses:
                    _time.Advance(TimeSpan.FromDays(1));
                    break;
                case Step.AWeekPasses:
                    _time.Advance(Window);
                    break;
                case Step.Count or Step.CountWithoutWriting:
                    Count(kill, isWritten: step == Step.Count);
                    break;
                case Step.ForgetTheId:
                    using (TestClient client = Client(new ScriptedSink(), out _, kill))
                    {
                        Wait(client.Reporter.ResetIdAsync());
                    }

                    break;
                default:
                    Report(step, kill);
                    break;
            }
        }

        public void AssertCountedOnce()
        {
            Dictionary<string, long> reported = Sum(_accepted);
            Dictionary<string, long> lost = Sum(_unanswered.Except(_accepted));
            foreach (string word in _written.Keys.Concat(_maybeWritten.Keys))
            {
                int written = _written.GetValueOrDefault(word);
                long least = lost.ContainsKey(word) ? 0 : written;
                Assert.That(
                    reported.GetValueOrDefault(word),
                    Is.InRange(least, written + _maybeWritten.GetValueOrDefault(word)),
                    word);
            }
        }

        // Each word is counted by one process, between one and five times; a report holds three of them at most.
        private void Count(int kill, bool isWritten)
        {
            using TestClient client = Client(new ScriptedSink(), out KillableStore store, kill);
            string word = $"w{_written.Count + _maybeWritten.Count}";
            int number = 1 + (_processes % 5);
            client.Reporter.Tallies.Of(Jobs, word).Add(number);
            if (isWritten)
            {
                Wait(client.Services.GetRequiredService<TallyRecorder>().FlushAsync());
            }
            else
            {
                store.Kill();
            }

            (store.IsDead ? _maybeWritten : _written).Add(word, number);
            store.Kill();
        }

        private void Report(Step step, int kill)
        {
            ScriptedSink sink = new();
            using TestClient client = Client(sink, out KillableStore store, kill);
            sink.Answer = _ => Task.FromResult(Answer(step, sink.Deliveries[^1], store));
            ScriptedPrompt prompt = new((_, _) =>
            {
                if (step == Step.AnotherProcessCountsMeanwhile)
                {
                    Count(255, isWritten: true);
                }
                else if (step == Step.AnotherProcessSendsMeanwhile)
                {
                    step = Step.Send;
                    Report(Step.Send, 255);
                }

                return ConsentAnswer.Yes;
            });
            Wait(client.Reporter.ReportAsync(prompt));
            if (store.IsDead && Frozen() is { Begun.Count: > 0 } begun)
            {
                // It was killed when it might have begun to send, and nobody can know whether it had.
                _unanswered.Add(begun.Report);
            }

            store.Kill();
        }

        private FrozenReport? Frozen()
        {
            using CapturedLog log = new();
            return new Spool(TestState.In(_folder.Combine("state"), log)).ReadAsync().GetAwaiter().GetResult();
        }

        private DeliveryResult Answer(Step step, ReportDelivery delivery, KillableStore store)
        {
            string report = Encoding.UTF8.GetString(delivery.Report.Span);
            if (store.IsDead)
            {
                return Lost(report);
            }

            switch (step)
            {
                case Step.NobodyListens:
                    return new DeliveryResult.Unreachable("refused", MaybeReceived: false);
                case Step.Rejected:
                    return new DeliveryResult.Rejected(["no"]);
                case Step.RequestIsLost:
                    return Lost(report);
                case Step.KillBeforeTheServerStores:
                    store.Kill();
                    return Lost(report);
                case Step.KillAfterTheServerStored:
                    Serve(delivery, report);
                    store.Kill();
                    return Lost(report);
                case Step.AnswerIsLost:
                    Serve(delivery, report);
                    return Lost(report);
                default:
                    return Serve(delivery, report);
            }
        }

        private DeliveryResult.Unreachable Lost(string report)
        {
            _unanswered.Add(report);
            return new DeliveryResult.Unreachable("time-out", MaybeReceived: true);
        }

        private DeliveryResult Serve(ReportDelivery delivery, string report)
        {
            string id = report[..50];
            DateTimeOffset now = _time.GetUtcNow();
            if (_last.TryGetValue(id, out var last) && now < last.At + Window)
            {
                return delivery.IsRepeat && last.Report == report
                    ? new DeliveryResult.Accepted()
                    : new DeliveryResult.AlreadyReported(last.At, last.At + Window);
            }

            _last[id] = (now, report);
            _accepted.Add(report);
            return new DeliveryResult.Accepted();
        }

        private TestClient Client(ScriptedSink sink, out KillableStore store, int kill)
        {
            KillableStore made = store = new KillableStore(new FileStateStore(_folder.Combine("state"), new UsageTexts(), TimeProvider.System))
            {
                KillAtWrite = kill < 40 ? (kill / 2) + 1 : int.MaxValue,
                IsWritten = kill % 2 == 0,
            };
            return new TestClient(_folder.Combine("state"), sink)
            {
                Time = _time,
                Machine = { ProcessId = _processes++ % 3 },
                Fields = [],
                Collect = _ => { },
                Configure = options => options.Consent = ConsentMode.OptIn,
                Add = builder =>
                {
                    builder.Services.AddSingleton<IUsageStateStore>(made);
                    builder.AddTallies(tallies => tallies.Add(Jobs));
                },
            };
        }

        private static Dictionary<string, long> Sum(IEnumerable<string> reports)
        {
            Dictionary<string, long> sums = [];
            foreach (string report in reports)
            {
                using JsonDocument json = JsonDocument.Parse(report);
                if (json.RootElement.TryGetProperty("jobs", out JsonElement jobs))
                {
                    foreach (JsonProperty word in jobs.EnumerateObject())
                    {
                        sums[word.Name] = sums.GetValueOrDefault(word.Name) + word.Value.GetInt64();
                    }
                }
            }

            return sums;
        }

        private static void Wait(Task task) => task.GetAwaiter().GetResult();
    }
}
