using Microsoft.Extensions.Logging;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Rollups;

/// <summary>
/// Makes the numbers of windows soon after they are closed, and deletes what has been kept long enough. All of it can be
/// done twice, or be broken off and done later, with the same result.
/// </summary>
internal sealed class RollupService(
    ProductCatalog catalog,
    IRollupStore rollups,
    IRetentionStore retention,
    TimeProvider time,
    RollupMetrics metrics,
    RollupRuns runs,
    ILogger<RollupService> logger) : DatabaseJob
{
    // The last look for what has been kept long enough, and what the clock said then.
    private (long Timestamp, DateTimeOffset Now)? _look;

    /// <summary>Does what is due now; what fails for one product does not keep the others from it, and is told at the end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!await rollups.TryTakeTurnAsync())
        {
            return;
        }

        if (retention.IsErasureDue)
        {
            await retention.EraseDeletedAsync();
        }

        DateTimeOffset now = StoredTime.Now(time);
        (long Timestamp, DateTimeOffset Now) look = (time.GetTimestamp(), now);
        (long Timestamp, DateTimeOffset Now) before = _look ??= look;
        bool isDeleting = time.GetElapsedTime(before.Timestamp, look.Timestamp) >= ServerLimits.RetentionEvery;
        // Two looks have to say so: a clock may be ahead for a moment, and what is deleted does not come back.
        DateTimeOffset confirmed = before.Now < now ? before.Now : now;
        bool isDeleted = true;
        List<Exception> failures = [];
        foreach (Product product in catalog.Products)
        {
            try
            {
                // What has no numbers yet is not deleted.
                bool isRolledUp = await RollUpAsync(product, now, cancellationToken);
                isDeleted &= isRolledUp && (!isDeleting || await DeleteAsync(product, confirmed, cancellationToken));
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                failures.Add(e);
            }
        }

        runs.NoteRolledUp(now);
        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }

        if (isDeleting && isDeleted)
        {
            await retention.EraseDeletedAsync();
            _look = look;
            runs.NoteDeleted(now);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(ServerLimits.RollupsEvery, time);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, reports are received, and numbers are made again in a moment.
                Log.RollupsFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> RollUpAsync(Product product, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // First, as nothing that was not published may be for a moment.
        IReadOnlyDictionary<string, DateTimeOffset?> published =
            PublicFields.ChangesOf(product.Schema, await rollups.GetPublicSinceAsync(product), now);
        if (published.Count > 0 && !await rollups.NotePublicAsync(product, published))
        {
            return false;
        }

        IReadOnlyList<ReportSpan> spans = await rollups.GetSpansAsync(product);
        IReadOnlyList<RollupState> states = await rollups.GetStatesAsync(product);
        foreach (RollupState state in states)
        {
            metrics.Saw(product, state.Window);
        }

        // After where the reports lie: what is set aside from here on changes that, and is counted the next time.
        QuarantineFilter filter = new(product.Schema, await rollups.GetQuarantinesAsync(product));
        bool isWritten = true;
        foreach (WindowKind kind in Enum.GetValues<WindowKind>())
        {
            foreach (DueRollup due in RollupSchedule.Due(product.Schema, kind, spans, states, now))
            {
                isWritten &= await MakeAsync(product, due, filter, now, cancellationToken);
            }
        }

        return isWritten;
    }

    private async Task<bool> MakeAsync(
        Product product, DueRollup due, QuarantineFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long begun = time.GetTimestamp();
        RollupCalculator calculator = new(product.Schema, due.Window);
        await rollups.ReadReportsAsync(product, due.First, due.Last, filter.Before(calculator.Add), cancellationToken);
        bool isWritten = await rollups.WriteAsync(product, calculator.Finish(), due.Changes, now);
        if (isWritten)
        {
            metrics.Made(product, due.Window, time.GetElapsedTime(begun));
        }

        return isWritten;
    }

    private async Task<bool> DeleteAsync(Product product, DateTimeOffset now, CancellationToken cancellationToken) =>
        await retention.DeleteReportsAsync(product, Retention.ReportsSince(now), cancellationToken)
        && await retention.ForgetInstallationsAsync(product, Retention.HeardOfSince(product, now), cancellationToken);
}
