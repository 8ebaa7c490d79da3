using System.Text;
using Microsoft.Extensions.Logging;
using UsageReporting.Core.Identity;
using UsageReporting.Core.Recording;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Delivery;

/// <summary>
/// Sends a frozen report to each sink that has not answered yet. The one place where what a sink throws is contained.
/// </summary>
internal sealed class DeliveryRunner(
    IEnumerable<IReportSink> sinks,
    ReportRenderer renderer,
    Spool spool,
    ReportHistory history,
    TallyStore tallies,
    LastReport last,
    ReportSchema schema,
    ConsentMode mode,
    UsageMetrics metrics,
    TimeProvider time,
    ILogger<DeliveryRunner> logger)
{
    private readonly IReportSink[] _sinks = [.. sinks];

    // Where each report is asked for, nothing goes out later by itself, and what never left is composed anew.
    private readonly bool _keepsUnreached = mode != ConsentMode.AskEachTime;

    /// <summary>
    /// The results, one for each sink that was tried. Where the first attempt could not be noted it was not made: there was
    /// no place to, or another process has dealt with the report meanwhile.
    /// </summary>
    public async Task<(KeepResult Noted, IReadOnlyList<DeliveryResult> Results)> DeliverAsync(
        FrozenReport report, CancellationToken cancellationToken)
    {
        List<DeliveryResult> results = [];

        // A sink that cannot take the report holds nothing up: another has it, and the next one is rendered for it anew.
        IReportSink[] takers = [.. _sinks.Where(sink => report.IsFor(sink) && renderer.CanTake(sink, report))];
        if (takers.Length == 0)
        {
            results.Add(new DeliveryResult.Unreachable(
                _sinks.Any(report.IsFor) ? "not in its format" : "no endpoint takes this level", MaybeReceived: false));
        }

        foreach (IReportSink sink in takers.Where(report.IsOpenFor))
        {
            if (results.Count > 0 && cancellationToken.IsCancellationRequested)
            {
                break;
            }

            (KeepResult noted, bool isDone, bool isRepeat) = await BeginAsync(sink, report).ConfigureAwait(false);
            if (noted != KeepResult.Kept)
            {
                // What others have answered stands; this one is tried when the report is next agreed to.
                return (results.Count == 0 ? noted : KeepResult.Kept, results);
            }

            if (isDone)
            {
                continue;
            }

            DeliveryResult result = await DeliverAsync(sink, report, isRepeat, cancellationToken).ConfigureAwait(false);
            results.Add(result);
            Measure(result);

            // History and tallies first: a report whose answer could not be noted there stays frozen, and the next answer is.
            if (await history.TryNoteAsync(sink.Destination, report, result).ConfigureAwait(false)
                && (result is not DeliveryResult.Accepted || await TryNoteLastAsync(report).ConfigureAwait(false))
                && result is not DeliveryResult.Unreachable { MaybeReceived: true }
                && (!HasCarried(result, isRepeat) || await tallies.TrySettleAsync(report.Carried).ConfigureAwait(false)))
            {
                await spool.NoteAsync(report, frozen => result is DeliveryResult.Unreachable && _keepsUnreached
                    ? frozen.WithoutBegun(sink.Destination)
                    : frozen.WithDone(sink.Destination)).ConfigureAwait(false);
            }
        }

        // Not "nothing is begun": a sink that the host no longer has never answers.
        await spool.NoteAsync(
            report, frozen => takers.Any(sink => IsOpen(frozen, sink.Destination)) ? frozen : null).ConfigureAwait(false);
        return (KeepResult.Kept, results);
    }

    // Tallies go back where the report certainly did not arrive. A refusal says nothing of an earlier attempt without answer.
    private static bool HasCarried(DeliveryResult result, bool isRepeat) =>
        result is DeliveryResult.Accepted || (isRepeat && result is DeliveryResult.Rejected or DeliveryResult.Unauthorized);

    // Not of one that its person took back while it was on its way: whoever reports then is somebody new.
    private async Task<bool> TryNoteLastAsync(FrozenReport report) =>
        !await spool.HoldsAsync(report).ConfigureAwait(false) || await last.TryNoteAsync(report.At).ConfigureAwait(false);

    private bool IsOpen(FrozenReport frozen, string destination) =>
        _keepsUnreached ? !frozen.Done.Contains(destination) : frozen.Begun.Contains(destination);

    private void Measure(DeliveryResult result)
    {
        if (result is DeliveryResult.Accepted)
        {
            metrics.Sent();
            return;
        }

        metrics.Refused(result switch
        {
            DeliveryResult.AlreadyReported => "already_reported",
            DeliveryResult.Unreachable { MaybeReceived: true } => "no_answer",
            DeliveryResult.Unreachable => "unreachable",
            DeliveryResult.Rejected => "rejected",
            DeliveryResult.Unauthorized => "unauthorized",
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        });
    }

    // Noted durably, in the spool and in the history, before the first byte leaves: whatever happens then, it is known
    // that the report may be out. Another process may have begun it too, or have its answer.
    private async Task<(KeepResult Noted, bool IsDone, bool IsRepeat)> BeginAsync(IReportSink sink, FrozenReport report)
    {
        string destination = sink.Destination;
        (KeepResult noted, FrozenReport? before) = await spool.NoteAsync(
            report, frozen => frozen.Done.Contains(destination) ? frozen : frozen.WithBegun(destination))
            .ConfigureAwait(false);
        if (before is null || noted != KeepResult.Kept)
        {
            return (noted, false, false);
        }

        bool isDone = before.Done.Contains(destination);
        bool isRepeat = before.Begun.Contains(destination);
        if (isDone
            || await history.TryBeginAsync(destination, report).ConfigureAwait(false))
        {
            return (KeepResult.Kept, isDone, isRepeat);
        }

        if (!isRepeat)
        {
            await spool.NoteAsync(report, frozen => frozen.WithoutBegun(destination)).ConfigureAwait(false);
        }

        return (KeepResult.NoPlace, false, isRepeat);
    }

    private async Task<DeliveryResult> DeliverAsync(
        IReportSink sink, FrozenReport report, bool isRepeat, CancellationToken cancellationToken)
    {
        ReportDelivery delivery = new(
            Encoding.UTF8.GetBytes(report.TextFor(sink.Destination)), isRepeat, TimeSpan.FromDays(schema.Header.WindowDays));
        try
        {
            DeliveryResult? result = await HostCode.RunAsync(
                token => Task.Run(() => sink.DeliverAsync(delivery, token).AsTask(), CancellationToken.None),
                ClientLimits.SinkTime,
                time,
                cancellationToken).ConfigureAwait(false);
            if (result is null)
            {
                return new DeliveryResult.Unreachable("no result", MaybeReceived: true);
            }

            return result switch
            {
                // What an earlier attempt may have brought there, this one's failure does not take back.
                DeliveryResult.Unreachable unreachable when isRepeat => unreachable with { MaybeReceived = true },

                // A rotating id reports once, and its successor is not held up by it.
                DeliveryResult.AlreadyReported already
                    when schema.Header.Identity is { Kind: IdentityKind.Rotating, Rotates: var rotates } =>
                    already with { AgainAt = ReportPeriod.EndOf(rotates, report.At) },
                _ => result,
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult.Unreachable("interrupted", MaybeReceived: true);
        }
#pragma warning disable CA1031 // Whatever a sink throws, the host goes on; nobody knows how far the report came.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.SinkFailed(logger, sink.Destination, e.GetType().Name);
            return new DeliveryResult.Unreachable(e.GetType().Name, MaybeReceived: true);
        }
    }
}
