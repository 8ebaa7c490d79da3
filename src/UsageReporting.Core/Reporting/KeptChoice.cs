using UsageReporting.Core.Consent;
using UsageReporting.Core.Delivery;
using UsageReporting.Core.Identity;
using UsageReporting.Core.Recording;

namespace UsageReporting.Core.Reporting;

/// <summary>What the person chose for the future, and what goes with it when they take it back.</summary>
internal sealed class KeptChoice(
    ConsentGate consent, ReportDrafts drafts, TallyRecorder recorder, ReportDue due, Senders senders, ReportHistory history, ErasureDesk erasures)
{
    /// <summary>Keeps a choice; false where nothing can be written.</summary>
    public async Task<bool> SetAsync(ConsentChoice choice, UsageLevel level, TimeSpan? lasting)
    {
        if (choice != ConsentChoice.No)
        {
            // What was counted before the choice is not subject to it.
            await recorder.FlushAsync().ConfigureAwait(false);
        }

        // A no comes before all else, because nothing may be sent after it whatever else fails.
        if (!await consent.TryKeepAsync(choice, level, lasting).ConfigureAwait(false))
        {
            return false;
        }

        await recorder.FlushAsync().ConfigureAwait(false);
        await consent.DecideAsync(isExplicit: false).ConfigureAwait(false);
        return choice != ConsentChoice.No || await TryDropAsync().ConfigureAwait(false);
    }

    /// <summary>Forgets everything that is kept here; false where something cannot be removed.</summary>
    public async Task<bool> ForgetAsync()
    {
        // The choice first: without it no other process sends anything meanwhile, or keeps an id that would stay.
        bool isForgotten = await consent.TryForgetAsync().ConfigureAwait(false)
            & await TryDropAsync().ConfigureAwait(false)
            & await history.TryForgetAsync().ConfigureAwait(false)
            & await erasures.TryForgetAsync().ConfigureAwait(false);
        await consent.DecideAsync(isExplicit: false).ConfigureAwait(false);
        return isForgotten;
    }

    // What nobody needs any more who does not report.
    private async Task<bool> TryDropAsync() =>
        await drafts.TryDropAsync().ConfigureAwait(false)
        & await due.TryForgetAsync().ConfigureAwait(false)
        & await senders.TryForgetAsync().ConfigureAwait(false);
}
