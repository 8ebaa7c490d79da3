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
    private readonly ConsentMode _mode;
    private readonly ConsentGate _consent;
    private readonly ReportDrafts _drafts;
    private readonly DeliveryRunner _delivery;
    private readonly ReportHistory _history;
    private readonly Senders _senders;
    private readonly UsageState _state;
    private readonly string[] _destinations;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private IServiceProvider? _owned;
    private bool _isDisposed;

    internal UsageReporter(
        ReportSchema schema,
        ConsentMode mode,
        ConsentGate consent,
        ReportDrafts drafts,
        DeliveryRunner delivery,
        ReportHistory history,
        Senders senders,
        UsageState state,
        IEnumerable<IReportSink> sinks,
        UsageTexts texts,
        TimeProvider time,
        ILogger<UsageReporter> logger)
    {
        Schema = schema;
        _mode = mode;
        _consent = consent;
        _drafts = drafts;
        _delivery = delivery;
        _history = history;
        _senders = senders;
        _state = state;
        _destinations = [.. sinks.Select(sink => sink.Destination)];
        Endpoints = [.. sinks.Select(sink => new UsageEndpoint(sink.Destination, sink.Level))];
        Texts = texts;
        _time = time;
        _logger = logger;
    }

    /// <summary>What this application's reports hold.</summary>
    public ReportSchema Schema { get; }

    /// <summary>Where reports go.</summary>
    public IReadOnlyList<UsageEndpoint> Endpoints { get; }

    /// <summary>What became of the latest report of this process; null before the first.</summary>
    internal ReportOutcome? LastOutcome { get; private set; }

    /// <summary>The texts that people read.</summary>
    public UsageTexts Texts { get; }

    /// <summary>An outcome as a person reads it, one or more lines.</summary>
    /// <param name="outcome">What became of a report, just now.</param>
    public IReadOnlyList<string> Describe(ReportOutcome outcome) => OutcomeText.Of(outcome, Texts, _time.GetUtcNow());

    /// <summary>Whether anything may be reported, which id is kept, and where reports go. Touches no network.</summary>
    public async Task<UsageStatus> GetStatusAsync()
    {
        ConsentDecision decision = await _consent.DecideAsync(isExplicit: false).ConfigureAwait(false);
        return new UsageStatus(
            _mode,
            decision,
            await _senders.FindKeptAsync().ConfigureAwait(false),
            _destinations,
            await _drafts.FindWaitingAsync(decision).ConfigureAwait(false) is { Preview.IsRepeat: true },
            _state.Place);
    }

    /// <summary>The same with everything that it depends on. Touches no network.</summary>
    public async Task<UsageDetails> GetDetailsAsync()
    {
        UsageStatus status = await GetStatusAsync().ConfigureAwait(false);
        ConsentRecord? record = await _consent.FindRecordAsync().ConfigureAwait(false);
        IReadOnlyList<SentReport> history = await _history.ReadAsync().ConfigureAwait(false);
        DateTimeOffset? last = history.FirstOrDefault(sent => sent.Answer == ReportHistory.Accepted)?.At;
        List<KeyValuePair<string, bool>> kept = [];
        foreach (string name in UsageDocuments.Names)
        {
            kept.Add(new(name, await _state.ReadAsync(name).ConfigureAwait(false) is not null));
        }

        return new UsageDetails(
            status,
            record?.At,
            record?.Until,
            last,
            status.Decision.State == ConsentState.On && last is { } at ? _senders.NextAfter(at) : null,
            kept,
            _consent.Places);
    }

    /// <summary>
    /// Every report that left this machine, or may have, the latest first, byte for byte; the oldest are dropped when
    /// they grow past a megabyte. Touches no network.
    /// </summary>
    public Task<IReadOnlyList<SentReport>> GetHistoryAsync() => _history.ReadAsync();

    /// <summary>
    /// Forgets the installation's id. The next report that is agreed to keeps a new one, and counts as a new installation.
    /// </summary>
    /// <returns>False where nothing can be written, so that the id is still there.</returns>
    public Task<bool> ResetIdAsync() => _senders.TryForgetAsync();

    /// <summary>
    /// Keeps what the person chose for the future. A yes is one to what reports hold and where they go today; a no forgets
    /// the id and a report that waits. Where the application asks each time, a yes only takes an earlier no back.
    /// </summary>
    /// <param name="choice">The choice.</param>
    /// <param name="level">Up to which level.</param>
    /// <param name="lasting">For how long, or null for ever.</param>
    /// <returns>False where nothing can be written.</returns>
    public async Task<bool> SetConsentAsync(
        ConsentChoice choice, UsageLevel level = UsageLevel.Full, TimeSpan? lasting = null)
    {
        // First, because nothing may be sent after a no whatever else fails.
        if (!await _consent.TryKeepAsync(choice, level, lasting).ConfigureAwait(false))
        {
            return false;
        }

        if (choice == ConsentChoice.No)
        {
            return await _drafts.TryDropAsync().ConfigureAwait(false)
                & await _senders.TryForgetAsync().ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Forgets everything that is kept here: the choice, the id, a report that waits, and the history.</summary>
    /// <returns>False where something cannot be removed.</returns>
    public async Task<bool> ForgetAsync() =>
        await _drafts.TryDropAsync().ConfigureAwait(false)
            & await _senders.TryForgetAsync().ConfigureAwait(false)
            & await _history.TryForgetAsync().ConfigureAwait(false)
            & await _consent.TryForgetAsync().ConfigureAwait(false);

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
        switch (Interlocked.Exchange(ref _owned, null))
        {
            case IAsyncDisposable services:
                await services.DisposeAsync().ConfigureAwait(false);
                break;
            case IDisposable services:
                services.Dispose();
                break;
        }
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Makes it the owner of the services that it was made from.</summary>
    internal UsageReporter Owning(IServiceProvider services)
    {
        _owned = services;
        return this;
    }

    private async Task<ReportOutcome> ReportOnceAsync(IConsentPrompt prompt, CancellationToken cancellationToken)
    {
        try
        {
            bool isExplicit = !prompt.AsksAPerson;
            UsageLevel chosen = UsageLevel.Full;
            int choices = 0;
            for (int i = 0; i < ClientLimits.Rounds + choices; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ConsentDecision decision = await _consent.DecideAsync(isExplicit).ConfigureAwait(false);
                if (decision.State is ConsentState.Off or ConsentState.Local)
                {
                    return new ReportOutcome.SwitchedOff(decision.Because);
                }

                if (decision.State == ConsentState.Ask)
                {
                    decision = decision with { Level = chosen };
                }

                if (await FindDraftAsync(decision, cancellationToken).ConfigureAwait(false) is not { } draft)
                {
                    return new ReportOutcome.Incomplete(Texts.Label(Schema.Header.Identity));
                }

                if (draft.Missing is { } missing)
                {
                    return new ReportOutcome.Incomplete(Texts.Label(missing));
                }

                ConsentAnswer answer = await AskAsync(prompt, draft.Preview, cancellationToken).ConfigureAwait(false);
                if (LevelOf(answer) is { } other && draft.Preview.OtherLevels.Contains(other) && choices < ClientLimits.LevelChoices)
                {
                    chosen = other;
                    choices++;
                    continue;
                }

                if (answer is not (ConsentAnswer.Yes or ConsentAnswer.Once))
                {
                    return await DeclineAsync(draft.Preview, answer).ConfigureAwait(false);
                }

                // Also where the prompt has not noticed.
                cancellationToken.ThrowIfCancellationRequested();

                // A person may take a while to answer; what was switched off meanwhile is off, and a yes may have ended.
                ConsentDecision then = await _consent.DecideAsync(isExplicit).ConfigureAwait(false);
                if (then.State is ConsentState.Off or ConsentState.Local)
                {
                    return new ReportOutcome.SwitchedOff(then.Because);
                }

                if (draft.Preview.Question == ConsentQuestion.None && then.State != ConsentState.On)
                {
                    continue;
                }

                if (!await TryKeepYesAsync(draft.Preview, answer, decision).ConfigureAwait(false))
                {
                    return new ReportOutcome.NoPlace(_state.Place);
                }

                switch (await _drafts.KeepAsync(draft, decision).ConfigureAwait(false))
                {
                    case KeepResult.Kept
                        when await DeliverAsync(draft.Frozen, cancellationToken).ConfigureAwait(false) is { } outcome:
                        return outcome;
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

    private static UsageLevel? LevelOf(ConsentAnswer answer) => answer switch
    {
        ConsentAnswer.Basic => UsageLevel.Basic,
        ConsentAnswer.Middle => UsageLevel.Middle,
        ConsentAnswer.Full => UsageLevel.Full,
        _ => null,
    };

    private async Task<ReportDraft?> FindDraftAsync(ConsentDecision decision, CancellationToken cancellationToken) =>
        await _drafts.FindWaitingAsync(decision).ConfigureAwait(false)
        ?? (await _senders.FindAsync(decision, cancellationToken).ConfigureAwait(false) is { } sender
            ? await _drafts.ComposeAsync(decision, sender, cancellationToken).ConfigureAwait(false)
            : null);

    private async Task<ReportOutcome> DeclineAsync(ReportPreview preview, ConsentAnswer answer) =>
        answer == ConsentAnswer.Never
        && preview.Question == ConsentQuestion.ThisAndLater
        && !await SetConsentAsync(ConsentChoice.No).ConfigureAwait(false)
            ? new ReportOutcome.NoPlace(_state.Place)
            : new ReportOutcome.Declined();

    // The choice comes before the report: a report without it would be one that nobody agreed to.
    private async Task<bool> TryKeepYesAsync(ReportPreview preview, ConsentAnswer answer, ConsentDecision decision) =>
        (preview.Question, answer) switch
        {
            (ConsentQuestion.ThisAndLater, ConsentAnswer.Yes) =>
                await SetConsentAsync(ConsentChoice.Yes, decision.Level).ConfigureAwait(false),
            (ConsentQuestion.None, _) => await _consent.TryKeepExistingAsync().ConfigureAwait(false),
            _ => true,
        };

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

    // Null where another process has dealt with it meanwhile.
    private async Task<ReportOutcome?> DeliverAsync(FrozenReport frozen, CancellationToken cancellationToken) =>
        await _delivery.DeliverAsync(frozen, cancellationToken).ConfigureAwait(false) switch
        {
            (KeepResult.NoPlace, _) => new ReportOutcome.NoPlace(_state.Place),
            (KeepResult.AnotherIsKept, _) => null,
            (_, var results) when results.FirstOrDefault(result => result is not DeliveryResult.Accepted) is { } notAccepted =>
                new ReportOutcome.NotAccepted(notAccepted),
            _ => new ReportOutcome.Sent(),
        };
}
