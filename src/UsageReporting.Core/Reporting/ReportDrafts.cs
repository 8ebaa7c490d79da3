using System.Text;
using UsageReporting.Core.Collection;
using UsageReporting.Core.Composition;
using UsageReporting.Core.Delivery;
using UsageReporting.Core.Identity;
using UsageReporting.Core.Preview;
using UsageReporting.Core.Recording;
using UsageReporting.Core.Schema;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Reporting;

/// <summary>Where the report comes from that a person is shown: from the spool, where one waits there, or composed anew.</summary>
internal sealed class ReportDrafts(
    ReportSchema schema,
    CollectionRunner collection,
    ReportComposer composer,
    Senders senders,
    Spool spool,
    TallyStore tallies,
    ConsentMode mode,
    IEnumerable<IReportSink> sinks,
    ReportRenderer renderer,
    UsageTexts texts,
    UsageMetrics metrics,
    TimeProvider time)
{
    private readonly IReportSink[] _sinks = [.. sinks];

    /// <summary>
    /// A report whose answer never came, which is shown again, byte for byte, before anything new is composed.
    /// </summary>
    /// <remarks>
    /// One that this schema cannot read was composed under another, one with another id belongs to another installation,
    /// one that every sink has answered was only not dropped yet, one that is older than the window could be counted a second
    /// time, as could tallies that another report has carried meanwhile, and one of a period that is over belongs to no later
    /// one; these are left alone, and replaced by the next that is frozen.
    /// </remarks>
    public async Task<ReportDraft?> FindWaitingAsync(ConsentDecision decision) =>
        await spool.ReadAsync().ConfigureAwait(false) is { } frozen
            ? await WaitingAsync(frozen, decision).ConfigureAwait(false)
            : null;

    /// <summary>Collects and composes a report.</summary>
    public async Task<ReportDraft> ComposeAsync(
        ConsentDecision decision, Sender sender, CancellationToken cancellationToken)
    {
        if (await spool.ReadAsync().ConfigureAwait(false) is { } over)
        {
            await TryCloseAsync(over).ConfigureAwait(false);
        }

        return await LookAsync(decision, sender, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Collects and composes a report that is only looked at: one that waits stays as it is.</summary>
    public async Task<ReportDraft> LookAsync(ConsentDecision decision, Sender sender, CancellationToken cancellationToken)
    {
        CollectedValues values = await collection.CollectAsync(decision, cancellationToken).ConfigureAwait(false);
        ComposedReport report = composer.Compose(sender, values);
        IReadOnlyList<PreviewRow> rows = ReportReader.Read(schema, report.Bytes, texts)
            ?? throw new InvalidOperationException("A composed report does not fit its own schema.");
        Measure(report);
        UsageLevel level = schema.LevelWithin(decision.Level);
        FrozenReport frozen = renderer.Render(
            new FrozenReport(Encoding.UTF8.GetString(report.Bytes.Span), time.GetUtcNow(), Begun: [], Done: [], level)
            {
                Carried = CarriedBy(report, values.Carried),
            });
        return new ReportDraft(
            new ReportPreview(
                schema,
                texts,
                report.Bytes,
                renderer.Of(frozen),
                rows,
                report.LeftOut,
                isIdNew: sender.Id?.Origin == IdOrigin.Drawn,
                isRepeat: false,
                mayCountTwice: false,
                QuestionOf(decision),
                level,
                decision.Paused),
            frozen,
            sender,
            report.Missing);
    }

    /// <summary>Keeps what a person said yes to: the id, then the report, frozen.</summary>
    public async Task<KeepResult> KeepAsync(ReportDraft draft, ConsentDecision decision)
    {
        if (draft.Sender is null)
        {
            // Not where another process has sent it, or its time is over, while the question stood.
            return await FindWaitingAsync(decision).ConfigureAwait(false) is { } waiting
                && waiting.Frozen.IsExactly(draft.Frozen)
                ? KeepResult.Kept
                : KeepResult.AnotherIsKept;
        }

        KeepResult sender = await senders.KeepAsync(draft.Sender, decision).ConfigureAwait(false);
        if (sender != KeepResult.Kept)
        {
            return sender;
        }

        KeepResult kept = await spool.FreezeAsync(
            draft.Frozen,
            async other => await WaitingAsync(other, decision).ConfigureAwait(false) is not null
                || !await TryCloseAsync(other).ConfigureAwait(false)).ConfigureAwait(false);

        // Another report may have carried the same tallies, and be done with, while the question stood. From here on none does.
        return kept == KeepResult.Kept && !await tallies.AreThereAsync(draft.Frozen.Carried).ConfigureAwait(false)
            ? KeepResult.AnotherIsKept
            : kept;
    }

    /// <summary>Whether all that the report holds may be reported.</summary>
    public bool IsWithin(FrozenReport report, ConsentDecision decision)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(report.Report);
        return report.Level <= decision.Level
            && schema.Fields.All(field =>
                decision.Allows(field) || IdentityRules.IsPartOfTheId(field) || !ReportReader.Holds(bytes, field));
    }

    private ConsentQuestion QuestionOf(ConsentDecision decision) =>
        decision.State is ConsentState.On or ConsentState.Local ? ConsentQuestion.None
        : mode == ConsentMode.AskEachTime ? ConsentQuestion.ThisReport
        : ConsentQuestion.ThisAndLater;

    // A yes for later is one to all that is reported today and to everywhere that it goes; what was composed before may show less.
    private ConsentQuestion QuestionOf(FrozenReport waiting, ConsentDecision decision)
    {
        ConsentQuestion question = QuestionOf(decision);
        return question == ConsentQuestion.ThisAndLater && !HoldsAll(waiting, decision) ? ConsentQuestion.ThisReport : question;
    }

    private bool HoldsAll(FrozenReport report, ConsentDecision decision)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(report.Report);
        return report.Level == schema.LevelWithin(decision.Level)
            && _sinks.Where(report.IsFor).All(sink => renderer.IsOpenFor(sink, report))
            && schema.Fields.All(field =>
                !decision.Allows(field) || IdentityRules.IsPartOfTheId(field) || ReportReader.Holds(bytes, field));
    }

    private void Measure(ComposedReport report)
    {
        metrics.Composed();
        foreach (LeftOutField left in report.LeftOut)
        {
            metrics.Dropped(left.Reason switch
            {
                LeftOutReason.Failed => "failed",
                LeftOutReason.TooSlow => "too_slow",
                LeftOutReason.Undeclared => "undeclared",
                LeftOutReason.TooLarge => "too_large",
                LeftOutReason.NotPublic => "not_public",
                LeftOutReason.NotReleased => "not_released",
                _ => throw new ArgumentOutOfRangeException(nameof(report)),
            });
        }
    }

    /// <summary>Forgets what waits, and what the next report would carry.</summary>
    public async Task<bool> TryDropAsync() =>
        await spool.TryDropAsync().ConfigureAwait(false) & await tallies.TryForgetAsync().ConfigureAwait(false);

    // What may have arrived, and can no longer be asked for, counts as reported: never twice.
    private Task<bool> TryCloseAsync(FrozenReport over) =>
        over.Begun.Count > 0 ? tallies.TrySettleAsync(over.Carried) : Task.FromResult(true);

    // Not of a field that was above the level, or that the report had no room for.
    private IReadOnlyList<CarriedTallies> CarriedBy(ComposedReport report, IReadOnlyList<CarriedTallies> collected) =>
    [
        .. collected
            .Select(part => part.Of(name => ReportReader.Holds(report.Bytes, schema.Find(name)!)))
            .Where(part => part.Counts.Count > 0),
    ];

    private async Task<ReportDraft?> WaitingAsync(FrozenReport frozen, ConsentDecision decision)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(frozen.Report);
        return _sinks.Any(sink => renderer.IsOpenFor(sink, frozen))
            && (!frozen.IsUntold || await tallies.AreThereAsync(frozen.Carried).ConfigureAwait(false))
            && ReportReader.Read(schema, bytes, texts) is { } rows
            && await senders.CanSendAsync(ReportReader.IdOf(schema, bytes), frozen.At).ConfigureAwait(false)
            && IsWithin(frozen, decision)
            ? new ReportDraft(
                new ReportPreview(
                    schema,
                    texts,
                    bytes,
                    renderer.Of(frozen),
                    rows,
                    leftOut: [],
                    isIdNew: false,
                    isRepeat: frozen.Begun.Count > 0,
                    mayCountTwice: _sinks.Any(sink => !sink.KnowsRepeats && frozen.Begun.Contains(sink.Destination)),
                    QuestionOf(frozen, decision),
                    frozen.Level,
                    decision.Paused),
                frozen,
                Sender: null,
                Missing: null)
            : null;
    }
}
