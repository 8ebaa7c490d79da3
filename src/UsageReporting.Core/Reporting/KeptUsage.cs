using System.Text.Json.Nodes;
using UsageReporting.Core.Collection;
using UsageReporting.Core.Consent;
using UsageReporting.Core.Delivery;
using UsageReporting.Core.Recording;
using UsageReporting.Core.Reporting;

namespace UsageReporting;

/// <summary>What is kept here, for the person whose it is: to look at, to take away and to delete. Touches no network.</summary>
public sealed class KeptUsage
{
    private readonly ConsentGate _consent;
    private readonly ReportDrafts _drafts;
    private readonly ReportHistory _history;
    private readonly TallyRecorder _recorder;
    private readonly TallyStore _tallies;
    private readonly StateExport _export;

    internal KeptUsage(
        ConsentGate consent,
        ReportDrafts drafts,
        ReportHistory history,
        TallyRecorder recorder,
        TallyStore tallies,
        StateExport export)
    {
        _consent = consent;
        _drafts = drafts;
        _history = history;
        _recorder = recorder;
        _tallies = tallies;
        _export = export;
    }

    /// <summary>
    /// What was counted so far and no report that was answered has carried, of all processes: that of a report that waits, if
    /// one does, then that of the period that goes on. Other processes write what they count every ten seconds.
    /// </summary>
    public async Task<IReadOnlyList<CountedPeriod>> GetCountedAsync()
    {
        await _recorder.FlushAsync().ConfigureAwait(false);
        ConsentDecision decision = await _consent.DecideAsync(isExplicit: false).ConfigureAwait(false);
        FrozenReport? waiting = (await _drafts.FindWaitingAsync(decision).ConfigureAwait(false))?.Frozen;
        TallyCounts carried = Sum(waiting?.Carried.Select(part => part.Counts) ?? []);
        TallyDocument[] documents =
            [.. (await _tallies.ReadAsync().ConfigureAwait(false)).Select(document => document.Document)];
        TallyCounts stays = Sum(documents.Select(document => document.Counts));
        stays.Subtract(carried);
        TallyCounts goes = decision.State is ConsentState.On or ConsentState.Ask ? Going(stays, decision) : [];
        stays.Subtract(goes);
        stays.Add(Sum(documents.Select(document => document.Local)));
        DateTimeOffset? since = await FindBeginningAsync().ConfigureAwait(false);
        CountedPeriod now = new(waiting?.At ?? since, Until: null, List(goes), List(stays));
        return waiting is null || carried.Count == 0 ? [now] : [new(since, waiting.At, List(carried), []), now];
    }

    /// <summary>
    /// Deletes what was counted, and a report that waits with some of it. The choice, the id and the history stay, and
    /// counting goes on. What other processes have counted in the last ten seconds is not deleted.
    /// </summary>
    /// <returns>False where something cannot be removed.</returns>
    public async Task<bool> DeleteCountedAsync()
    {
        await _recorder.FlushAsync().ConfigureAwait(false);
        return await _drafts.TryDropAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Everything that is kept here, by the name of its document. Of the secret that ids are made of it only says that there
    /// is one, because that never leaves this machine.
    /// </summary>
    public async Task<JsonObject> ExportAsync()
    {
        await _recorder.FlushAsync().ConfigureAwait(false);
        return await _export.ReadAsync().ConfigureAwait(false);
    }

    // As the collector would take it: no more than a report may hold of a word.
    private TallyCounts Going(TallyCounts counts, ConsentDecision decision)
    {
        TallyCounts going = [];
        foreach (UsageField field in _recorder.Tallies.Fields.Select(tallies => tallies.Declared).Where(decision.Allows))
        {
            foreach ((string word, long number) in counts.GetValueOrDefault(field.Name) ?? [])
            {
                if (TallyWords.Find(field, word) is not null)
                {
                    going.Add(field.Name, word, Math.Min(number, TallyWords.BoundsOf(field).Maximum));
                }
            }
        }

        return going;
    }

    // A no forgets what was counted, and the history stays: then it begins with the choice that came after.
    private async Task<DateTimeOffset?> FindBeginningAsync()
    {
        DateTimeOffset? sent = (await _history.ReadAsync().ConfigureAwait(false))
            .FirstOrDefault(report => report.IsAccepted)?.At;
        DateTimeOffset? chosen = (await _consent.FindRecordAsync().ConfigureAwait(false))?.At;
        return sent > chosen ? sent : chosen ?? sent;
    }

    private static TallyCounts Sum(IEnumerable<TallyCounts> parts)
    {
        TallyCounts sum = [];
        foreach (TallyCounts part in parts)
        {
            sum.Add(part);
        }

        return sum;
    }

    // In the documents they have no order.
    private static CountedWord[] List(TallyCounts counts) =>
    [
        .. counts.All.Select(tally => new CountedWord(tally.Field, tally.Word, tally.Number))
            .OrderBy(word => word.Field, StringComparer.Ordinal).ThenBy(word => word.Word, StringComparer.Ordinal),
    ];
}
