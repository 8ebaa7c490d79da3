using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace UsageReporting.Tests.Testing;

public sealed class ReportingRehearsalTests
{
    private static IEnumerable<TestCaseData> States =>
    [
        State("nothing", ConsentState.Ask, ConsentState.Ask, rehearsal => Task.FromResult(rehearsal.WithNothing())),
        State("yes", ConsentState.On, ConsentState.On, rehearsal => rehearsal.WithYesAsync(UsageLevel.Basic)),
        State("yes that ended", ConsentState.Ask, ConsentState.Ask, rehearsal => rehearsal.WithYesThatEndedAsync()),
        State("damaged yes", ConsentState.Ask, ConsentState.Ask, rehearsal => rehearsal.WithDamagedYesAsync()),
        State("no", ConsentState.Off, ConsentState.Off, rehearsal => rehearsal.WithNoAsync()),
        State("local", ConsentState.Local, ConsentState.Local, rehearsal => rehearsal.WithLocalAsync()),
        State("notice seen", ConsentState.Ask, ConsentState.On, rehearsal => rehearsal.WithNoticeSeenAsync()),
    ];

    [TestCaseSource(nameof(States))]
    public async Task With_EachState_IsThatState(
        Func<ReportingRehearsal, Task<ReportingRehearsal>> set, ConsentState optIn, ConsentState optOut)
    {
        foreach ((ConsentMode mode, ConsentState state) in new[] { (ConsentMode.OptIn, optIn), (ConsentMode.OptOut, optOut) })
        {
            await using ReportingRehearsal rehearsal = Rehearsal(mode);

            await set(rehearsal);

            Assert.That((await rehearsal.Reporter.GetStatusAsync()).Decision.State, Is.EqualTo(state), mode.ToString());
            Assert.That(rehearsal.Sink.Deliveries, Is.Empty);
        }
    }

    [Test]
    public async Task RunAsync_OnByDefault_ReportsOnceAWindow()
    {
        await using ReportingRehearsal rehearsal = Rehearsal(ConsentMode.OptOut);

        await rehearsal.RunAsync();
        Assert.That((rehearsal.Person.Notices.Count, rehearsal.Sink.Reports.Count), Is.EqualTo((1, 0)));
        await rehearsal.RunAsync();
        await rehearsal.RunAsync();
        Assert.That(rehearsal.Sink.Reports, Has.Count.EqualTo(1));
        rehearsal.Time.Advance(TimeSpan.FromDays(8));
        await rehearsal.RunAsync();
        Assert.That(rehearsal.Sink.Reports, Has.Count.EqualTo(2));

        rehearsal.Variables["DO_NOT_TRACK"] = "1";
        rehearsal.Time.Advance(TimeSpan.FromDays(8));
        await UsageReportingAssert.IsSilentAsync(rehearsal.Reporter, () => rehearsal.RunAsync());
        Assert.That(rehearsal.Sink.Reports, Has.Count.EqualTo(2));
    }

    private static TestCaseData State(
        string name, ConsentState optIn, ConsentState optOut, Func<ReportingRehearsal, Task<ReportingRehearsal>> set) =>
        new TestCaseData(set, optIn, optOut).SetArgDisplayNames(name);

    private static ReportingRehearsal Rehearsal(ConsentMode mode) => new(
        "app",
        builder => builder
            .Configure(options => options.Consent = mode)
            .AddFlag("mail", "Mail enabled", "Why.", (IServiceProvider _) => true));
}
