using Microsoft.Extensions.Logging;
using UsageReporting.Core;
using UsageReporting.Core.Consent;
using UsageReporting.Core.Delivery;
using UsageReporting.Core.Identity;
using UsageReporting.Core.Reporting;
using UsageReporting.Core.State;

namespace UsageReporting;

/// <summary>Reports usage: the first five stages of a report's path, in <see cref="ReportAsync"/>.</summary>
public sealed class UsageReporter : IAsyncDisposable, IDisposable
{
    private readonly ConsentGate _consent;
    private readonly ReportDrafts _drafts;
    private readonly DeliveryRunner _delivery;
    private readonly ReportHistory _history;
    private readonly StableIdentity _identity;
    private readonly UsageState _state;
    private readonly string[] _destinations;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private IAsyncDisposable? _owned;
    private bool _isDisposed;

    internal UsageReporter(
        ReportSchema schema,
        ConsentGate consent,
        ReportDrafts drafts,
        DeliveryRunner delivery,
        ReportHistory history,
        StableIdentity identity,
        UsageState state,
        IEnumerable<IReportSink> sinks,
        UsageTexts texts,
        TimeProvider time,
        ILogger<UsageReporter> logger)
    {
        Schema = schema;
        _consent = consent;
        _drafts = drafts;
        _delivery = delivery;
        _history = history;
        _identity = identity;
        _state = state;
        _destinations = [.. sinks.Select(sink => sink.Destination)];
        Texts = texts;
        _time = time;
        _logger = logger;
    }

    /// <summary>What this application's reports hold.</summary>
    public ReportSchema Schema { get; }

    /// <summary>What became of the latest report of this process; null before the first.</summary>
    internal ReportOutcome? LastOutcome { get; private set; }

    /// <summary>The texts that people read.</summary>
    public UsageTexts Texts { get; }

    /// <summary>An outcome as a person reads it, one or more lines.</summary>
    /// <param name="outcome">What became of a report, just now.</param>
    public IReadOnlyList<string> Describe(ReportOutcome outcome) => OutcomeText.Of(outcome, Texts, _time.GetUtcNow());

    /// <summary>Whether anything may be reported, which id is kept, and where reports go. Touches no network.</summary>
    public async Task<UsageStatus> GetStatusAsync() => new(
        _consent.Decide(),
        await _identity.FindKeptAsync().ConfigureAwait(false),
        _destinations,
        await _drafts.FindWaitingAsync().ConfigureAwait(false) is { Preview.IsRepeat: true },
        _state.Place);

    /// <summary>
    /// Every report that left this machine, or may have, the latest first, byte for byte; the oldest are dropped when
    /// they grow past a megabyte. Touches no network.
    /// </summary>
    public Task<IReadOnlyList<SentReport>> GetHistoryAsync() => _history.ReadAsync();

    /// <summary>
    /// Forgets the installation's id. The next report that is agreed to keeps a new one, and counts as a new installation.
    /// </summary>
    /// <returns>False where nothing can be written, so that the id is still there.</returns>
    public Task<bool> ResetIdAsync() => _identity.TryForgetAsync();

    /// <summary>
    /// Composes a report, shows it and, where the answer is yes, sends exactly what was shown. Without a yes there is
    /// no id, no file and no connection.
    /// </summary>
    /// <param name="prompt">Shows the report and asks. One that shows it and says no is a dry run.</param>
    /// <param name="cancellationToken">Interrupts; before the yes, that is a No.</param>
    /// <returns>What became of it. Nothing that goes wrong on the way is thrown.</returns>
    /// <exception cref="ObjectDisposedException">The reporter, or the host that it belongs to, was disposed.</exception>
    public async Task<ReportOutcome> ReportAsync(IConsentPrompt prompt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ReportOutcome outcome = await ReportOnceAsync(prompt, cancellationToken).ConfigureAwait(false);
        LastOutcome = outcome;
        return outcome;
    }

    /// <summary>Releases what was made for it; nothing is sent.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        if (Interlocked.Exchange(ref _owned, null) is { } owned)
        {
            await owned.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Makes it the owner of the services that it was made from.</summary>
    internal UsageReporter Owning(IAsyncDisposable services)
    {
        _owned = services;
        return this;
    }

    private async Task<ReportOutcome> ReportOnceAsync(IConsentPrompt prompt, CancellationToken cancellationToken)
    {
        try
        {
            for (int i = 0; i < ClientLimits.Rounds; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ConsentDecision decision = _consent.Decide();
                if (decision.State == ConsentState.Off)
                {
                    return new ReportOutcome.SwitchedOff(decision.Because);
                }

                if (await FindDraftAsync(decision, cancellationToken).ConfigureAwait(false) is not { } draft)
                {
                    return new ReportOutcome.Incomplete(Texts.Label(Schema.Header.Identity));
                }

                if (draft.Missing is { } missing)
                {
                    return new ReportOutcome.Incomplete(Texts.Label(missing));
                }

                if (await AskAsync(prompt, draft.Preview, cancellationToken).ConfigureAwait(false) != ConsentAnswer.Yes)
                {
                    return new ReportOutcome.Declined();
                }

                // Also where the prompt has not noticed.
                cancellationToken.ThrowIfCancellationRequested();

                // A person may take a while to answer; what was switched off meanwhile is off.
                if (_consent.Decide() is { State: ConsentState.Off } changed)
                {
                    return new ReportOutcome.SwitchedOff(changed.Because);
                }

                switch (await _drafts.KeepAsync(draft).ConfigureAwait(false))
                {
                    case KeepResult.Kept:
                        return await DeliverAsync(draft.Frozen, cancellationToken).ConfigureAwait(false);
                    case KeepResult.NoPlace:
                        return new ReportOutcome.NoPlace(_state.Place);
                }

                // Another process was first, and what was shown is not what is kept: show that, and ask again.
            }

            return new ReportOutcome.NoPlace(_state.Place);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ReportOutcome.Declined();
        }
#pragma warning disable CA1031 // A mistake of ours must not become the host's; how far the report came is not known.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ReportFailed(_logger, e.GetType().Name);
            return new ReportOutcome.NotAccepted(new DeliveryResult.Unreachable(e.GetType().Name, MaybeReceived: true));
        }
    }

    private async Task<ReportDraft?> FindDraftAsync(ConsentDecision decision, CancellationToken cancellationToken) =>
        await _drafts.FindWaitingAsync().ConfigureAwait(false)
        ?? (await _identity.FindAsync(cancellationToken).ConfigureAwait(false) is { } id
            ? await _drafts.ComposeAsync(decision, id, cancellationToken).ConfigureAwait(false)
            : null);

    private async Task<ConsentAnswer> AskAsync(
        IConsentPrompt prompt, ReportPreview preview, CancellationToken cancellationToken)
    {
        try
        {
            return await prompt.AskAsync(preview, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A prompt that fails has not heard a yes, and the host goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.PromptFailed(_logger, e.GetType().Name);
            return ConsentAnswer.No;
        }
    }

    private async Task<ReportOutcome> DeliverAsync(FrozenReport frozen, CancellationToken cancellationToken) =>
        await _delivery.DeliverAsync(frozen, cancellationToken).ConfigureAwait(false) switch
        {
            null => new ReportOutcome.NoPlace(_state.Place),
            var results when results.FirstOrDefault(result => result is not DeliveryResult.Accepted) is { } notAccepted =>
                new ReportOutcome.NotAccepted(notAccepted),
            _ => new ReportOutcome.Sent(),
        };
}
