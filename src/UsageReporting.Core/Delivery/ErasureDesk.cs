using Microsoft.Extensions.Logging;
using UsageReporting.Core.Identity;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Delivery;

/// <summary>
/// Has erased what was sent. The wish is kept, with the ids and secrets that prove it, until each server has answered: what
/// is forgotten here could be proved by nobody. What they answered is kept, too.
/// </summary>
internal sealed class ErasureDesk(
    IEnumerable<IReportSink> sinks,
    ReportSchema schema,
    Senders senders,
    ReportHistory history,
    ErasureWishes wishes,
    UsageState state,
    TimeProvider time,
    ILogger<ErasureDesk> logger)
{
    private const string Answers = UsageDocuments.Receipts;

    // One for each server, as its endpoints would give the same answer.
    private readonly Dictionary<string, IErasingSink> _sinks = sinks.OfType<IErasingSink>()
        .GroupBy(sink => ErasurePlan.ServerOf(sink.Destination))
        .ToDictionary(group => group.Key, group => group.First());

    // A level that no field has is that of no report.
    private readonly string[] _everywhere =
    [
        .. sinks.OfType<IErasingSink>()
            .Where(sink => sink.Level is not { } level || schema.LevelWithin(level) == level)
            .Select(sink => sink.Destination),
    ];

    /// <summary>Whether something was sent that can be erased.</summary>
    public async Task<bool> CanEraseAsync() =>
        (await history.ReadAsync().ConfigureAwait(false)).Count > 0
        && await FindPlanAsync().ConfigureAwait(false) is { } plan
        && plan.Any(asked => _sinks.ContainsKey(asked.Server));

    /// <summary>
    /// Keeps the wish to erase all of it, then forgets the id; where either is not possible there is no wish, and the answer is
    /// false.
    /// </summary>
    public async Task<bool> TryNoteAsync(Func<Task<bool>> forget)
    {
        if (await FindPlanAsync().ConfigureAwait(false) is not { } plan)
        {
            return false;
        }

        DateTimeOffset now = time.GetUtcNow();
        PendingErasure[] added = [.. plan.Select(asked => new PendingErasure(asked.Server, asked.Proof, Since: now))];
        if (!await wishes.TryAddAsync(added).ConfigureAwait(false))
        {
            return false;
        }

        if (await forget().ConfigureAwait(false))
        {
            return true;
        }

        // What was forgotten all the same could be proved by nobody without its wish, which stays.
        IReadOnlyList<(string Server, InstallationProof Proof)> found = await FindPlanAsync().ConfigureAwait(false) ?? [];
        await wishes.TryRemoveAsync([.. added.Where(wish => found.Any(asked => asked.Proof == wish.Proof))]).ConfigureAwait(false);
        return false;
    }

    /// <summary>Asks each server for what it has not answered yet.</summary>
    public async Task<UsageErasure> AskAsync(CancellationToken cancellationToken) =>
        await AskAsync(await wishes.ReadAsync().ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Asks again where that is due.</summary>
    public async Task AskAgainAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        IEnumerable<PendingErasure> due = (await wishes.ReadAsync().ConfigureAwait(false)).Where(pending => ErasurePlan.IsDue(pending, now));
        await AskAsync(due, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the servers have stored: their answers, by destination.</summary>
    public async Task<IReadOnlyList<(string Destination, TakeBackResult Result)>> ExportAsync(CancellationToken cancellationToken)
    {
        List<(string Destination, TakeBackResult Result)> results = [];
        HashSet<string> silent = new(StringComparer.Ordinal);
        foreach ((string server, InstallationProof proof) in await FindPlanAsync().ConfigureAwait(false) ?? [])
        {
            // Who did not answer once is not asked again at once.
            if (_sinks.TryGetValue(server, out IErasingSink? sink) && !silent.Contains(server))
            {
                TakeBackResult result = await RunAsync(token => sink.ExportAsync(proof, token), sink, cancellationToken)
                    .ConfigureAwait(false);
                results.Add((server, result));
                if (result is TakeBackResult.Unreachable)
                {
                    silent.Add(server);
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
        await wishes.TryForgetAsync().ConfigureAwait(false)
        & await state.TryChangeAsync(Answers, _ => null).ConfigureAwait(false);

    // Null where it cannot be found out just now. Without such a sink nobody is asked.
    private async Task<IReadOnlyList<(string Server, InstallationProof Proof)>?> FindPlanAsync()
    {
        if (_sinks.Count == 0)
        {
            return [];
        }

        IReadOnlyList<SentReport> sent = await history.ReadAsync().ConfigureAwait(false);
        return await senders.FindProofsAsync([.. sent.Select(report => report.At)]).ConfigureAwait(false) is { } proofs
            ? ErasurePlan.Of(proofs, sent, _everywhere, _sinks.Keys)
            : null;
    }

    private async Task<UsageErasure> AskAsync(IEnumerable<PendingErasure> asked, CancellationToken cancellationToken)
    {
        List<ErasureReceipt> receipts = [];
        HashSet<string> waiting = new(StringComparer.Ordinal);
        HashSet<string> unsure = new(StringComparer.Ordinal);
        HashSet<string> givenUp = new(StringComparer.Ordinal);
        foreach (PendingErasure pending in asked)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (ErasurePlan.IsOver(pending, now))
            {
                await wishes.TryRemoveAsync(pending).ConfigureAwait(false);
                if (givenUp.Add(pending.Server))
                {
                    Log.ErasureGivenUp(logger, pending.Server);
                }
            }
            else if (cancellationToken.IsCancellationRequested
                // Another program on this folder may have it, or the next release.
                || !_sinks.TryGetValue(pending.Server, out IErasingSink? sink)
                // Who did not answer once is not asked again at once.
                || waiting.Contains(pending.Server)
                || !await wishes.TryNoteAskedAsync(pending, now).ConfigureAwait(false)
                || !await TrySettleAsync(
                    pending,
                    await RunAsync(token => sink.EraseAsync(pending.Proof, token), sink, cancellationToken).ConfigureAwait(false),
                    receipts,
                    unsure).ConfigureAwait(false))
            {
                waiting.Add(pending.Server);
            }
        }

        return new UsageErasure(IsKept: true, receipts, [.. waiting]) { MaybeErased = [.. unsure], GivenUp = [.. givenUp] };
    }

    // The receipt first: a wish without it would be one that was never answered.
    private async Task<bool> TrySettleAsync(
        PendingErasure pending, TakeBackResult result, List<ErasureReceipt> receipts, HashSet<string> unsure)
    {
        switch (result)
        {
            case TakeBackResult.Answered { Json: var json }
                when ErasureReceipt.Parse(json) is { } receipt && ErasurePlan.Settles(receipt, pending.Proof):
                receipts.Add(receipt);
                string line = json.ReplaceLineEndings("") + "\n";
                return await state.TryChangeAsync(Answers, text => text + line).ConfigureAwait(false)
                    && await wishes.TryRemoveAsync(pending).ConfigureAwait(false);
            case TakeBackResult.Unknown:
                if (pending.IsAsked)
                {
                    unsure.Add(pending.Server);
                }

                return await wishes.TryRemoveAsync(pending).ConfigureAwait(false);
            default:
                return false;
        }
    }

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
}
