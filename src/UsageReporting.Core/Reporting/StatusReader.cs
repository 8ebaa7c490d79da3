using UsageReporting.Core.Consent;
using UsageReporting.Core.Delivery;
using UsageReporting.Core.Identity;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Reporting;

/// <summary>Finds out how reporting stands, without touching a network.</summary>
internal sealed class StatusReader(
    ConsentMode mode,
    ConsentGate consent,
    ReportDrafts drafts,
    ReportHistory history,
    Senders senders,
    ReportDue due,
    UsageState state,
    IEnumerable<IReportSink> sinks)
{
    private readonly IReportSink[] _sinks = [.. sinks];

    public async Task<UsageStatus> ReadAsync()
    {
        ConsentDecision decision = await consent.DecideAsync(isExplicit: false).ConfigureAwait(false);
        return new UsageStatus(
            mode,
            decision,
            await senders.FindKeptAsync().ConfigureAwait(false),
            [.. _sinks.Where(sink => IsFor(sink, decision)).Select(sink => sink.Destination).Distinct()],
            await drafts.FindWaitingAsync(decision).ConfigureAwait(false) is { Preview.IsRepeat: true },
            state.Place);
    }

    /// <summary>The same with everything that it depends on.</summary>
    public async Task<UsageDetails> ReadDetailsAsync()
    {
        UsageStatus status = await ReadAsync().ConfigureAwait(false);
        ConsentRecord? record = await consent.FindRecordAsync().ConfigureAwait(false);
        IReadOnlyList<SentReport> sent = await history.ReadAsync().ConfigureAwait(false);
        SentReport? last = sent.FirstOrDefault(report => report.IsAccepted);
        return new UsageDetails(
            status,
            record?.At,
            record?.Until,
            last,
            status.Decision.State == ConsentState.On
                ? await due.FindAsync().ConfigureAwait(false) ?? (last is { At: var at } ? senders.NextAfter(at) : null)
                : null,
            await FindKeptAsync().ConfigureAwait(false),
            consent.Places);
    }

    private async Task<IReadOnlyList<KeptDocument>> FindKeptAsync()
    {
        List<KeptDocument> kept = [];
        foreach (string name in UsageDocuments.Names)
        {
            kept.Add(await state.FindAsync(name).ConfigureAwait(false));
        }

        // One for each process that counts; of those that are not there the first stands for all.
        foreach (string name in UsageDocuments.Tallies)
        {
            if (await state.FindAsync(name).ConfigureAwait(false) is { IsThere: true } tallies)
            {
                kept.Add(tallies);
            }
        }

        return [.. kept, .. state.FindOthers(), .. await consent.FindSharedAsync().ConfigureAwait(false)];
    }

    // Where nothing is decided it may be any of them.
    private static bool IsFor(IReportSink sink, ConsentDecision decision) =>
        decision.State != ConsentState.On || sink.Level is not { } level || level == decision.Level;
}
