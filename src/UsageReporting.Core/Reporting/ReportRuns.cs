using Microsoft.Extensions.Logging;
using UsageReporting.Core.Consent;
using UsageReporting.Core.Preview;

namespace UsageReporting.Core.Reporting;

/// <summary>
/// What happens by itself when a program runs: a person is told, or asked at the moment that the host chose, and a report
/// that is due goes out beside the program.
/// </summary>
internal sealed class ReportRuns(
    ConsentGate consent,
    ReportDrafts drafts,
    ReportDue due,
    ReportSchema schema,
    Func<bool>? askWhen,
    IReadOnlyList<string> offSwitches,
    UsageTexts texts,
    TimeProvider time,
    ILogger<ReportRuns> logger)
{
    private bool _isTold;

    /// <summary>Begins a run. Whatever fails in it, nothing is sent and the program goes on.</summary>
    public async Task<UsageRun> BeginAsync(
        UsageReporter reporter, IConsentPrompt prompt, CancellationToken cancellationToken)
    {
        ReportOutcome? outcome = null;
        ConsentDecision? on = null;
        try
        {
            ConsentDecision decision = await consent.DecideAsync(isExplicit: false).ConfigureAwait(false);
            if (decision.Notice is { } reason && prompt.CanAsk)
            {
                await TellAsync(prompt, decision, reason, cancellationToken).ConfigureAwait(false);
            }
            else if (decision.IsPrinted || (decision.State == ConsentState.Ask && prompt.CanAsk && askWhen?.Invoke() == true))
            {
                outcome = await reporter.ReportAsync(prompt, cancellationToken).ConfigureAwait(false);
                if (outcome is ReportOutcome.Sent or ReportOutcome.NotAccepted)
                {
                    // Without a yes nothing is written.
                    await due.NoteAsync(outcome).ConfigureAwait(false);
                }
            }

            // The run in which somebody was told sends nothing, also where it is on for the other fields.
            on = decision.State == ConsentState.On && !_isTold ? decision : null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program is told so too.
        }
#pragma warning disable CA1031 // Whatever a prompt or the host's own rule throws, its program goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.RunFailed(logger, e.GetType().Name);
        }

        return new UsageRun(
            outcome,
            (frozen, interrupt) => on is null ? Task.CompletedTask : SendAsync(reporter, on, frozen, interrupt),
            time);
    }

    private async Task TellAsync(
        IConsentPrompt prompt, ConsentDecision decision, NoticeReason reason, CancellationToken cancellationToken)
    {
        IReadOnlyList<UsageField> fields = reason == NoticeReason.NewFields
            ? decision.Paused
            : [.. schema.Fields.Where(field => field.Level <= ConsentEngine.DefaultLevel)];
        UsageNotice notice = new(schema, texts, reason, decision.Because, fields, offSwitches);
        if (await prompt.TellAsync(notice, cancellationToken).ConfigureAwait(false))
        {
            _isTold = true;
            await consent.TryKeepToldAsync().ConfigureAwait(false);
            await consent.DecideAsync(isExplicit: false).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(
        UsageReporter reporter, ConsentDecision decision, Action frozen, CancellationToken interrupt)
    {
        try
        {
            if (!await due.IsNowAsync().ConfigureAwait(false))
            {
                return;
            }

            if (await drafts.FindWaitingAsync(decision).ConfigureAwait(false) is not null)
            {
                // It is kept already, and the program's end need not wait for that. One that can no longer be sent is not it.
                frozen();
            }

            ReportOutcome outcome =
                await reporter.ReportBesideAsync(new AgreedPrompt(), frozen, interrupt).ConfigureAwait(false);
            if ((await consent.DecideAsync(isExplicit: false).ConfigureAwait(false)).State == ConsentState.On)
            {
                // Who said no meanwhile is left with nothing but that.
                await due.NoteAsync(outcome).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // The reporter may be disposed meanwhile; what is frozen stays.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.RunFailed(logger, e.GetType().Name);
        }
    }
}
