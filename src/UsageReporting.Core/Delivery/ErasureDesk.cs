using System.Text.Json;
using Microsoft.Extensions.Logging;
using UsageReporting.Core.Identity;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Delivery;

/// <summary>
/// Has erased what was sent. The wish is kept, with the ids and secrets that prove it, until each endpoint has answered: what
/// is forgotten here could be proved by nobody. What they answered is kept, too.
/// </summary>
internal sealed class ErasureDesk(
    IEnumerable<IReportSink> sinks,
    Senders senders,
    ReportHistory history,
    UsageState state,
    TimeProvider time,
    ILogger<ErasureDesk> logger)
{
    private const string Pending = UsageDocuments.Erasures;
    private const string Answers = UsageDocuments.Receipts;

    private readonly IErasingSink[] _sinks = [.. sinks.OfType<IErasingSink>()];

    /// <summary>What proves whose all reports are that were sent and that somebody can erase; none where nothing can be proved.</summary>
    public async Task<IReadOnlyList<InstallationProof>> FindProofsAsync()
    {
        IReadOnlyList<SentReport> sent = await history.ReadAsync().ConfigureAwait(false);
        return _sinks.Length == 0 ? [] : await senders.FindProofsAsync([.. sent.Select(report => report.At)]).ConfigureAwait(false);
    }

    /// <summary>Whether something was sent that can be erased.</summary>
    public async Task<bool> CanEraseAsync() =>
        (await history.ReadAsync().ConfigureAwait(false)).Count > 0 && (await FindProofsAsync().ConfigureAwait(false)).Count > 0;

    /// <summary>Keeps the wish to erase all of it; false where that is not possible.</summary>
    public async Task<bool> TryNoteAsync()
    {
        IReadOnlyList<InstallationProof> proofs = await FindProofsAsync().ConfigureAwait(false);
        return await state.TryChangeAsync(Pending, text => Write(
        [
            .. Parse(text).UnionBy(
                from sink in _sinks from proof in proofs select new PendingErasure(sink.Destination, proof, Tried: null),
                pending => (pending.Destination, pending.Proof)),
        ])).ConfigureAwait(false);
    }

    /// <summary>Asks each endpoint for what it has not answered yet.</summary>
    public async Task<UsageErasure> AskAsync(CancellationToken cancellationToken)
    {
        List<ErasureReceipt> receipts = [];
        HashSet<string> waiting = new(StringComparer.Ordinal);
        foreach (PendingErasure pending in Parse(await state.ReadAsync(Pending).ConfigureAwait(false)))
        {
            // Who did not answer once is not asked again at once.
            if (waiting.Contains(pending.Destination)
                || Array.Find(_sinks, sink => sink.Destination == pending.Destination) is not { } sink)
            {
                waiting.Add(pending.Destination);
                continue;
            }

            TakeBackResult result = await RunAsync(token => sink.EraseAsync(pending.Proof, token), sink, cancellationToken)
                .ConfigureAwait(false);
            if (!await TrySettleAsync(pending, result, receipts).ConfigureAwait(false))
            {
                waiting.Add(pending.Destination);
            }
        }

        return new UsageErasure(IsKept: true, receipts, [.. waiting]);
    }

    /// <summary>Asks again where that is due.</summary>
    public async Task AskAgainAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (Parse(await state.ReadAsync(Pending).ConfigureAwait(false))
            .Any(pending => pending.Tried is not { } tried || (now - tried).Duration() >= ClientLimits.ErasureAgain))
        {
            await AskAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What the endpoints have stored: their answers, by destination.</summary>
    public async Task<IReadOnlyList<(string Destination, TakeBackResult Result)>> ExportAsync(CancellationToken cancellationToken)
    {
        List<(string, TakeBackResult)> results = [];
        foreach (IErasingSink sink in _sinks)
        {
            foreach (InstallationProof proof in await FindProofsAsync().ConfigureAwait(false))
            {
                TakeBackResult result = await RunAsync(token => sink.ExportAsync(proof, token), sink, cancellationToken)
                    .ConfigureAwait(false);
                results.Add((sink.Destination, result));
                if (result is TakeBackResult.Unreachable)
                {
                    break;
                }
            }
        }

        return results;
    }

    /// <summary>The receipts that are kept, as they were given, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> ReadReceiptsAsync() =>
        [.. (await state.ReadAsync(Answers).ConfigureAwait(false) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Forgets wishes and receipts; false where that is not possible.</summary>
    public async Task<bool> TryForgetAsync() =>
        await state.TryChangeAsync(Pending, _ => null).ConfigureAwait(false)
        & await state.TryChangeAsync(Answers, _ => null).ConfigureAwait(false);

    // The receipt first: a wish without it would be one that was never answered.
    private async Task<bool> TrySettleAsync(PendingErasure pending, TakeBackResult result, List<ErasureReceipt> receipts)
    {
        if (result is TakeBackResult.Answered { Json: var json })
        {
            if (ErasureReceipt.Parse(json) is not { } receipt)
            {
                result = new TakeBackResult.Unreachable("no receipt");
            }
            else
            {
                receipts.Add(receipt);
                string line = json.ReplaceLineEndings("") + "\n";
                await state.TryChangeAsync(Answers, text => text + line).ConfigureAwait(false);
            }
        }

        bool isAnswered = result is not TakeBackResult.Unreachable;
        DateTimeOffset now = time.GetUtcNow();
        await state.TryChangeAsync(Pending, text => Write(isAnswered
            ? [.. Parse(text).Where(other => !IsSame(other, pending))]
            : [.. Parse(text).Select(other => IsSame(other, pending) ? other with { Tried = now } : other)])).ConfigureAwait(false);
        return isAnswered;
    }

    private static bool IsSame(PendingErasure one, PendingErasure other) =>
        (one.Destination, one.Proof) == (other.Destination, other.Proof);

    private async Task<TakeBackResult> RunAsync(
        Func<CancellationToken, ValueTask<TakeBackResult>> ask, IReportSink sink, CancellationToken cancellationToken)
    {
        try
        {
            return await HostCode.RunAsync(
                token => Task.Run(() => ask(token).AsTask(), CancellationToken.None), ClientLimits.SinkTime, time, cancellationToken)
                .ConfigureAwait(false) ?? new TakeBackResult.Unreachable("no result");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new TakeBackResult.Unreachable("interrupted");
        }
#pragma warning disable CA1031 // Whatever a sink throws, the host goes on, and the wish stays.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.SinkFailed(logger, sink.Destination, e.GetType().Name);
            return new TakeBackResult.Unreachable(e.GetType().Name);
        }
    }

    private static IReadOnlyList<PendingErasure> Parse(string? text)
    {
        try
        {
            return text is null ? [] : [.. (JsonSerializer.Deserialize(text, DeliveryJson.Readable.IReadOnlyListPendingErasure) ?? []).OfType<PendingErasure>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string? Write(IReadOnlyList<PendingErasure> pending) =>
        pending.Count == 0 ? null : JsonSerializer.Serialize(pending, DeliveryJson.Readable.IReadOnlyListPendingErasure);
}
