using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

/// <summary>
/// Whatever happens to an installation over weeks, each report is counted once or is still waiting: never twice, never
/// half. A kill is the client's folder as it was at that moment, and a new client on it.
/// </summary>
public sealed class CountedOnceModelTests
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <summary>What happens next.</summary>
    internal enum Step
    {
        Send,
        SayNo,
        NobodyListens,
        RequestIsLost,
        AnswerIsLost,
        ServerCannotStore,
        KillBeforeTheServerStores,
        KillAfterTheServerStored,
        AnotherProcessSendsMeanwhile,
        AnotherProcessSendsMeanwhileAndNobodyListens,
        ForgetTheId,
        ADayPasses,
        AWeekPasses,
    }

    [Test]
    public void ReportAsync_WhateverHappens_IsCountedOnce() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(40),
            Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes => Run([.. bytes.Select(b => (Step)(b % Enum.GetValues<Step>().Length))])));

    [Test]
    public void ReportAsync_AnswerLostAndTheWindowOver_IsNotSentASecondTime() =>
        Run([Step.AnswerIsLost, Step.AWeekPasses, Step.Send, Step.Send]);

    private static void Run(Step[] steps)
    {
        using TemporaryFolder folder = new();
        World world = new(folder);
        foreach (Step step in steps)
        {
            world.Take(step);
        }

        // Whatever was left over comes to an end with a network that works.
        world.Take(Step.AWeekPasses);
        world.Take(Step.Send);
        world.Take(Step.Send);
        Assert.That(File.Exists(folder.Combine("state", "frozen_report.json")), Is.False);
    }

    /// <summary>One installation, its server, and the network between them.</summary>
    private sealed class World(TemporaryFolder folder)
    {
        private readonly ManualTimeProvider _time = new();
        private readonly Dictionary<string, (DateTimeOffset At, string Report)> _last = [];
        private readonly List<string> _accepted = [];
        private int _composed;

        public void Take(Step step)
        {
            switch (step)
            {
                case Step.ADayPasses:
                    _time.Advance(TimeSpan.FromDays(1));
                    break;
                case Step.AWeekPasses:
                    _time.Advance(Window);
                    break;
                case Step.ForgetTheId:
                    using (TestClient client = Client(new ScriptedSink()))
                    {
                        client.Reporter.ResetIdAsync().GetAwaiter().GetResult();
                    }

                    break;
                default:
                    Report(step);
                    break;
            }
        }

        private void Report(Step step)
        {
            string state = folder.Combine("state");
            string atTheKill = folder.Combine("at-the-kill");
            ScriptedSink sink = new();
            sink.Answer = _ => Task.FromResult(Answer(step, sink.Deliveries[^1], () => Copy(state, atTheKill)));
            bool isFirst = step is Step.AnotherProcessSendsMeanwhile or Step.AnotherProcessSendsMeanwhileAndNobodyListens;
            ScriptedPrompt prompt = new((_, _) =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    SendFromAnotherProcess();
                }

                return step == Step.SayNo ? ConsentAnswer.No : ConsentAnswer.Yes;
            });
            ReportOutcome outcome;
            SentReport[] history;
            using (TestClient client = Client(sink))
            {
                outcome = client.Reporter.ReportAsync(prompt).GetAwaiter().GetResult();
                history = [.. client.Reporter.GetHistoryAsync().GetAwaiter().GetResult()];
            }

            Assert.That(_accepted, Is.Unique, "a report was counted twice");
            if (step is Step.KillBeforeTheServerStores or Step.KillAfterTheServerStored && sink.Deliveries.Count > 0)
            {
                // Nobody saw the outcome; the disk is as it was.
                Directory.Delete(state, recursive: true);
                Directory.Move(atTheKill, state);
                return;
            }

            string shown = prompt.Seen[^1].Json;
            bool isCounted = _accepted.Contains(shown);
            switch (outcome)
            {
                case ReportOutcome.Sent:
                    Assert.That(isCounted, Is.True, "\"Report sent\" was not true");
                    Assert.That(history[0], Is.EqualTo(history[0] with { Report = shown, Answer = "accepted" }));
                    break;
                case ReportOutcome.Declined when !prompt.Seen[^1].IsRepeat:
                    Assert.That(isCounted, Is.False, "\"Nothing sent\" was not true");
                    break;
                case ReportOutcome.NotAccepted { Result: DeliveryResult.Unreachable { MaybeReceived: false } }:
                    Assert.That(isCounted, Is.False, "\"Nothing was sent\" was not true");
                    break;
            }

            // Everything that was counted stands in the history, as accepted or as not known.
            Assert.That(history.Select(sent => sent.Report), Is.SupersetOf(_accepted));
        }

        private void SendFromAnotherProcess()
        {
            ScriptedSink sink = new();
            sink.Answer = _ => Task.FromResult(Serve(sink.Deliveries[^1]));
            using TestClient other = Client(sink);
            other.ReportAsync(ConsentAnswer.Yes).GetAwaiter().GetResult();
        }

        private DeliveryResult Answer(Step step, ReportDelivery delivery, Action kill)
        {
            DeliveryResult lost = new DeliveryResult.Unreachable("time-out", MaybeReceived: true);
            switch (step)
            {
                case Step.NobodyListens or Step.AnotherProcessSendsMeanwhileAndNobodyListens:
                    return new DeliveryResult.Unreachable("refused", MaybeReceived: false);
                case Step.ServerCannotStore:
                    return new DeliveryResult.Unreachable("status 503", MaybeReceived: false);
                case Step.RequestIsLost:
                    return lost;
                case Step.KillBeforeTheServerStores:
                    kill();
                    return lost;
            }

            DeliveryResult answer = Serve(delivery);
            if (step == Step.KillAfterTheServerStored)
            {
                kill();
            }

            return step == Step.AnswerIsLost ? lost : answer;
        }

        // What the server does, and what the HTTP sink makes of its answer.
        private DeliveryResult Serve(ReportDelivery delivery)
        {
            string report = Encoding.UTF8.GetString(delivery.Report.Span);
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

        // Each report that is composed is told from the others by its commit.
        private TestClient Client(ScriptedSink sink) => new(folder.Combine("state"), sink)
        {
            Time = _time,
            Collect = values =>
            {
                Paperless.Fill(values);
                values.Set((TextField)Paperless.Schema.Find("commit")!, $"c{_composed++}");
            },
        };

        private static void Copy(string from, string to)
        {
            Directory.CreateDirectory(to);
            foreach (string file in Directory.GetFiles(from))
            {
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
            }
        }
    }
}
