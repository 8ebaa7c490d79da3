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
    private readonly StatusReader _status;
    private readonly KeptChoice _choice;
    private readonly DeliveryRunner _delivery;
    private readonly ReportHistory _history;
    private readonly Senders _senders;
    private readonly UsageState _state;
    private readonly ReportRuns _runs;
    private readonly ErasureDesk _erasures;
    private readonly NumbersDesk _numbers;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private IServiceProvider? _owned;
    private bool _isDisposed;

    internal UsageReporter(
        ReportSchema schema,
        ConsentGate consent,
        ReportDrafts drafts,
        StatusReader status,
        KeptChoice choice,
        UsageTallies tallies,
        KeptUsage kept,
        DeliveryRunner delivery,
        ReportHistory history,
        Senders senders,
        UsageState state,
        ReportRuns runs,
        ErasureDesk erasures,
        NumbersDesk numbers,
        IEnumerable<IReportSink> sinks,
        IUsageReportingStatus indicator,
        UsageTexts texts,
        TimeProvider time,
        ILogger<UsageReporter> logger)
    {
        Schema = schema;
        _consent = consent;
        _drafts = drafts;
        _status = status;
        _choice = choice;
        Tallies = tallies;
        Kept = kept;
        _delivery = delivery;
        _history = history;
        _senders = senders;
        _state = state;
        _runs = runs;
        _erasures = erasures;
        _numbers = numbers;
        Endpoints =
        [
            .. sinks.Select(sink => new UsageEndpoint(sink.Destination, sink.Level)
            {
                Numbers = (sink as IPublishingSink)?.NumbersOf(schema.Header.Product),
            }),
        ];
        Indicator = indicator;
        Texts = texts;
        _time = time;
        _logger = logger;
    }

    /// <summary>What this application's reports hold.</summary>
    public ReportSchema Schema { get; }

    /// <summary>What this application counts between reports.</summary>
    public UsageTallies Tallies { get; }

    /// <summary>What is kept here of what was counted and sent, for the person whose it is.</summary>
    public KeptUsage Kept { get; }

    /// <summary>Where reports go, and where published numbers are.</summary>
    public IReadOnlyList<UsageEndpoint> Endpoints { get; }

    /// <summary>How reporting stands, in a few words that change with it; also a service of the host.</summary>
    public IUsageReportingStatus Indicator { get; }

    /// <summary>What became of the latest report of this process; null before the first.</summary>
    internal ReportOutcome? LastOutcome { get; private set; }

    /// <summary>The texts that people read.</summary>
    public UsageTexts Texts { get; }

    /// <summary>An outcome as a person reads it, one or more lines.</summary>
    /// <param name="outcome">What became of a report, just now.</param>
    public IReadOnlyList<string> Describe(ReportOutcome outcome) => OutcomeText.Of(outcome, Texts, _time.GetUtcNow());

    /// <summary>Whether anything may be reported, which id is kept, and where reports go. Touches no network.</summary>
    public Task<UsageStatus> GetStatusAsync() => _status.ReadAsync();

    /// <summary>The same with everything that it depends on. Touches no network.</summary>
    public Task<UsageDetails> GetDetailsAsync() => _status.ReadDetailsAsync();

    /// <summary>
    /// What the person agreed to, or was told of where reporting is on by default; null where there is none. Compared with
    /// <see cref="Schema"/> it says what has changed since. Touches no network.
    /// </summary>
    public async Task<ReportSchema?> GetAgreedSchemaAsync() =>
        (await _consent.FindRecordAsync().ConfigureAwait(false))?.Terms?.Schema;

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
    /// the id, a report that waits and what was counted for the next. Where the application asks each time, a yes only
    /// takes an earlier no back.
    /// </summary>
    /// <param name="choice">The choice.</param>
    /// <param name="level">Up to which level.</param>
    /// <param name="lasting">For how long, or null for ever.</param>
    /// <returns>False where nothing can be written.</returns>
    public Task<bool> SetConsentAsync(
        ConsentChoice choice, UsageLevel level = UsageLevel.Full, TimeSpan? lasting = null) =>
        _choice.SetAsync(choice, level, lasting);

    /// <summary>Whether something was sent that <see cref="EraseAsync"/> can have erased. Touches no network.</summary>
    public Task<bool> CanEraseAsync() => _erasures.CanEraseAsync();

    /// <summary>
    /// Has everything erased that was sent and can be proved to be of this installation, forgets its id, and asks the
    /// servers that have not answered an earlier wish. Who does not answer now is asked again, by a schedule, at the next run or
    /// with the next report, and by <see cref="AskToEraseAgainAsync"/>, also where reporting is off.
    /// </summary>
    /// <param name="isOff">Whether to keep a no for the future first.</param>
    /// <param name="cancellationToken">Interrupts; the wish stays.</param>
    public async Task<UsageErasure> EraseAsync(bool isOff = false, CancellationToken cancellationToken = default)
    {
        // The wish first, as the id and the secret that prove it are forgotten with the choice.
        if (!await _erasures.TryNoteAsync(() => isOff ? SetConsentAsync(ConsentChoice.No) : _senders.TryForgetAsync()).ConfigureAwait(false))
        {
            if (isOff)
            {
                // A no is a no, whatever else fails.
                await _consent.TryKeepAsync(ConsentChoice.No, UsageLevel.Full, lasting: null).ConfigureAwait(false);
            }

            return new UsageErasure(IsKept: false, [], []);
        }

        return await _erasures.AskAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Asks each server for all that it has stored of this installation, and those again that have not answered a wish to erase.
    /// </summary>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <returns>By server, one answer for each id that it may have reports of.</returns>
    public async Task<IReadOnlyList<(string Destination, TakeBackResult Result)>> ExportAsync(CancellationToken cancellationToken = default)
    {
        IReadOnlyList<(string, TakeBackResult)> results = await _erasures.ExportAsync(cancellationToken).ConfigureAwait(false);
        await AskToEraseAgainAsync(cancellationToken).ConfigureAwait(false);
        return results;
    }

    /// <summary>
    /// Shows a report and sends nothing: the next one, or the one that a yes to a level would be one to, whatever was chosen
    /// before. Touches no network and changes nothing on the disk.
    /// </summary>
    /// <param name="level">The level; null for the next report as it is decided.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <returns>
    /// The report, null where there is none, and why there is none or why it would not be sent: where it would be, the answer is
    /// <see cref="ReportOutcome.Declined"/>. Nothing that goes wrong on the way is thrown.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The reporter, or the host that it belongs to, was disposed.</exception>
    public async Task<(ReportPreview? Report, ReportOutcome Outcome)> PreviewAsync(
        UsageLevel? level = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ReportPreview? seen = null;
        ReportOutcome outcome = await ContainAsync(
            async () =>
            {
                (seen, ReportOutcome looked) = await LookAsync(level, cancellationToken).ConfigureAwait(false);
                return looked;
            },
            maybeReceived: false,
            cancellationToken).ConfigureAwait(false);
        return (seen, outcome);
    }

    /// <summary>
    /// Sets the next report beside the published numbers of all that report. They are fetched whole from the first endpoint of such
    /// a report that publishes them, by a request that says nothing of this installation, and only where reporting is not off or kept here; call
    /// it when a person asks for it, and not by itself. Nothing is sent or kept.
    /// </summary>
    /// <param name="cancellationToken">Interrupts.</param>
    public async Task<UsageComparison> CompareAsync(CancellationToken cancellationToken = default)
    {
        (ReportPreview? report, ReportOutcome outcome) = await PreviewAsync(level: null, cancellationToken).ConfigureAwait(false);
        return outcome is ReportOutcome.Declined && report is not null
            ? await _numbers.CompareAsync(report, cancellationToken).ConfigureAwait(false)
            : new UsageComparison.NotAsked(outcome);
    }

    /// <summary>The receipts of what was erased, as the endpoints gave them, the oldest first. Touches no network.</summary>
    public Task<IReadOnlyList<string>> GetReceiptsAsync() => _erasures.ReadReceiptsAsync();

    /// <summary>
    /// Asks servers again that have not answered a wish to erase, where that is due: after an hour, and then ever more rarely, to
    /// once a day. A schedule and <see cref="BeginRunAsync"/> do so by themselves, and <see cref="ReportAsync"/> where it sends.
    /// </summary>
    /// <param name="cancellationToken">Interrupts; the wish stays.</param>
    public Task AskToEraseAgainAsync(CancellationToken cancellationToken = default) => _erasures.AskAgainAsync(cancellationToken);

    /// <summary>Forgets everything that is kept here: the choice, the id, a report that waits, tallies, the history and receipts.</summary>
    /// <returns>False where something cannot be removed.</returns>
    public Task<bool> ForgetAsync() => _choice.ForgetAsync();

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
        bool isTried = false;
        ReportOutcome outcome = await ReportBesideAsync(prompt, frozen: () => isTried = true, cancellationToken).ConfigureAwait(false);
        if (isTried)
        {
            // What only looks at a report touches no network.
            await AskToEraseAgainAsync(cancellationToken).ConfigureAwait(false);
        }

        return outcome;
    }

    /// <summary>
    /// Begins a run of a short program, which reports by itself. Where reporting is on by default a person is told of it,
    /// once, in a run that sends nothing; where they may say yes for the future they are asked at the moment that
    /// <see cref="UsageReportingOptions.AskWhen"/> chose; without a terminal neither. Then a report that is due, or still
    /// frozen, goes out beside the program, which never waits for it.
    /// </summary>
    /// <param name="prompt">Tells, shows and asks.</param>
    /// <param name="cancellationToken">Interrupts the question.</param>
    /// <returns>The run, to be disposed at the program's end. Nothing that goes wrong is thrown.</returns>
    /// <exception cref="ObjectDisposedException">The reporter, or the host that it belongs to, was disposed.</exception>
    public Task<UsageRun> BeginRunAsync(IConsentPrompt prompt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _runs.BeginAsync(this, prompt, cancellationToken);
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

    /// <summary>The same beside a program, which wants to know when the report is kept and may be left to the next run.</summary>
    internal async Task<ReportOutcome> ReportBesideAsync(
        IConsentPrompt prompt, Action frozen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ReportOutcome outcome = await ContainAsync(
            () => ReportOnceAsync(prompt, frozen, cancellationToken), maybeReceived: true, cancellationToken).ConfigureAwait(false);
        if (outcome is not ReportOutcome.Declined)
        {
            // A report that was only looked at says nothing of the one before.
            LastOutcome = outcome;
        }

        return outcome;
    }

    /// <summary>Makes it the owner of the services that it was made from.</summary>
    internal UsageReporter Owning(IServiceProvider services)
    {
        _owned = services;
        return this;
    }

    private async Task<ReportOutcome> ReportOnceAsync(
        IConsentPrompt prompt, Action frozen, CancellationToken cancellationToken)
    {
        bool isExplicit = !prompt.AsksAPerson;
        UsageLevel chosen = UsageLevel.Full;
        int choices = 0;
        for (int i = 0; i < ClientLimits.Rounds + choices; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ConsentDecision decision = await _consent.DecideAsync(isExplicit).ConfigureAwait(false);
            if (decision.State == ConsentState.Off)
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

            if (decision.State == ConsentState.Local)
            {
                // It is looked at here, whatever was answered.
                return new ReportOutcome.SwitchedOff(decision.Because);
            }

            if (answer is not (ConsentAnswer.Yes or ConsentAnswer.Once))
            {
                return await DeclineAsync(draft.Preview, answer).ConfigureAwait(false);
            }

            // Also where the prompt has not noticed.
            cancellationToken.ThrowIfCancellationRequested();

            // A person may take a while to answer; what was switched off meanwhile is off, and a yes may have
            // ended, or be one to less.
            ConsentDecision then = await _consent.DecideAsync(isExplicit).ConfigureAwait(false);
            if (then.State is ConsentState.Off or ConsentState.Local)
            {
                return new ReportOutcome.SwitchedOff(then.Because);
            }

            if (draft.Preview.Question == ConsentQuestion.None
                && !(then.State == ConsentState.On && _drafts.IsWithin(draft.Frozen, then)))
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
                    when await DeliverAsync(draft.Frozen, frozen, cancellationToken).ConfigureAwait(false) is { } outcome:
                    return outcome;
                case KeepResult.NoPlace:
                    return new ReportOutcome.NoPlace(_state.Place);
            }

            // Another process was first, and what was shown is not what is kept: show that, and ask again.
        }

        return new ReportOutcome.NoPlace(_state.Place);
    }

    private async Task<ReportOutcome> ContainAsync(
        Func<Task<ReportOutcome>> report, bool maybeReceived, CancellationToken cancellationToken)
    {
        try
        {
            return await report().ConfigureAwait(false);
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
            return new ReportOutcome.NotAccepted(new DeliveryResult.Unreachable(e.GetType().Name, maybeReceived));
        }
    }

    // A report that would be sent, or one that a yes to a level would be one to. It is sent nowhere, and what waits stays as it is.
    private async Task<(ReportPreview? Report, ReportOutcome Outcome)> LookAsync(UsageLevel? level, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ConsentDecision decision = await _consent.DecideAsync(isExplicit: true).ConfigureAwait(false);
        if (level is null ? decision.State == ConsentState.Off : decision.IsFixed)
        {
            return (null, new ReportOutcome.SwitchedOff(decision.Because));
        }

        if (level is { } wanted)
        {
            // A yes is one to all that is reported today.
            decision = new ConsentDecision(ConsentState.Ask, wanted, decision.Because);
        }

        ReportDraft? draft = level is null ? await _drafts.FindWaitingAsync(decision).ConfigureAwait(false) : null;
        draft ??= await _senders.FindAsync(decision, cancellationToken).ConfigureAwait(false) is { } sender
            ? await _drafts.LookAsync(decision, sender, cancellationToken).ConfigureAwait(false)
            : null;
        return draft switch
        {
            null => (null, new ReportOutcome.Incomplete(Texts.Label(Schema.Header.Identity))),
            { Missing: { } missing } => (null, new ReportOutcome.Incomplete(Texts.Label(missing))),
            _ when decision.State == ConsentState.Local => (draft.Preview, new ReportOutcome.SwitchedOff(decision.Because)),
            _ => (draft.Preview, new ReportOutcome.Declined()),
        };
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
    private async Task<ReportOutcome?> DeliverAsync(
        FrozenReport report, Action frozen, CancellationToken cancellationToken)
    {
        frozen();
        return await _delivery.DeliverAsync(report, cancellationToken).ConfigureAwait(false) switch
        {
            (KeepResult.NoPlace, _) => new ReportOutcome.NoPlace(_state.Place),
            (KeepResult.AnotherIsKept, _) => null,
            (_, var results) when results.FirstOrDefault(result => result is not DeliveryResult.Accepted) is { } notAccepted =>
                new ReportOutcome.NotAccepted(notAccepted) { IsSentElsewhere = results.Any(result => result is DeliveryResult.Accepted) },
            (_, var results) => new ReportOutcome.Sent
            {
                IsConfirmed = results.All(result => result is DeliveryResult.Accepted { IsConfirmed: true }),
            },
        };
    }
}
