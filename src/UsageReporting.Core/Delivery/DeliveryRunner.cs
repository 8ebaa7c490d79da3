using System.Text;
using Microsoft.Extensions.Logging;

namespace UsageReporting.Core.Delivery;

/// <summary>
/// Sends a frozen report to each sink that has not answered yet. The one place where what a sink throws is contained.
/// </summary>
internal sealed class DeliveryRunner(
    IEnumerable<IReportSink> sinks,
    Spool spool,
    ReportHistory history,
    ReportSchema schema,
    UsageMetrics metrics,
    TimeProvider time,
    ILogger<DeliveryRunner> logger)
{
    private readonly IReportSink[] _sinks = [.. sinks];

    /// <summary>
    /// The results, one for each sink that was tried; null where the attempt could not be noted and so was not made.
    /// </summary>
    public async Task<IReadOnlyList<DeliveryResult>?> DeliverAsync(FrozenReport report, CancellationToken cancellationToken)
    {
        List<DeliveryResult> results = [];
        foreach (IReportSink sink in _sinks.Where(sink => !report.Done.Contains(sink.Destination)))
        {
            if (results.Count > 0 && cancellationToken.IsCancellationRequested)
            {
                break;
            }

            bool isRepeat = report.Begun.Contains(sink.Destination);
            if (!isRepeat)
            {
                report = report.WithBegun(sink.Destination);
                if (!await TryNoteBegunAsync(sink, report).ConfigureAwait(false))
                {
                    // What others have answered stands; this one is tried when the report is next agreed to.
                    return results.Count == 0 ? null : results;
                }
            }

            DeliveryResult result = await DeliverAsync(sink, report, isRepeat, cancellationToken).ConfigureAwait(false);
            results.Add(result);
            Measure(result);

            // History first: a report whose answer could not be noted there stays frozen, and the next answer is noted.
            if (await history.TryNoteAsync(sink.Destination, report, result).ConfigureAwait(false)
                && result is not DeliveryResult.Unreachable { MaybeReceived: true })
            {
                report = report.WithDone(sink.Destination);
                await spool.TryNoteAsync(report).ConfigureAwait(false);
            }
        }

        // Not "nothing is begun": a sink that the host no longer has never answers.
        if (!_sinks.Any(sink => report.Begun.Contains(sink.Destination)))
        {
            await spool.DropAsync(report).ConfigureAwait(false);
        }

        return results;
    }

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

    // Noted durably, in the history and in the spool, before the first byte leaves: whatever happens then, it is known
    // that the report may be out.
    private async Task<bool> TryNoteBegunAsync(IReportSink sink, FrozenReport report) =>
        await history.TryNoteAsync(sink.Destination, report, new DeliveryResult.Unreachable("begun", MaybeReceived: true))
            .ConfigureAwait(false)
        && await spool.TryNoteAsync(report).ConfigureAwait(false);

    private async Task<DeliveryResult> DeliverAsync(
        IReportSink sink, FrozenReport report, bool isRepeat, CancellationToken cancellationToken)
    {
        ReportDelivery delivery = new(
            Encoding.UTF8.GetBytes(report.Report), isRepeat, TimeSpan.FromDays(schema.Header.WindowDays));
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

            // What an earlier attempt may have brought there, this one's failure does not take back.
            return isRepeat && result is DeliveryResult.Unreachable unreachable
                ? unreachable with { MaybeReceived = true }
                : result;
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
