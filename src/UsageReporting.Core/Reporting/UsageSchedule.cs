using System.Security.Cryptography;
using UsageReporting.Core.Preview;
using UsageReporting.Core.Reporting;
using UsageReporting.Core.State;

namespace UsageReporting;

/// <summary>Reports when a report is due, as long as a person's yes lasts. <c>UseSchedule</c> has a host do so by itself.</summary>
public sealed class UsageSchedule
{
    private readonly UsageReporter _reporter;
    private readonly ReportSchedule _schedule;
    private readonly ReportDue _due;
    private readonly int _retries;
    private readonly string? _folder;
    private readonly TimeProvider _time;

    internal UsageSchedule(
        UsageReporter reporter, ReportSchedule schedule, ReportDue due, int retries, string? folder, TimeProvider time)
    {
        _reporter = reporter;
        _schedule = schedule;
        _due = due;
        _retries = retries;
        _folder = folder;
        _time = time;
    }

    /// <summary>Reports now, due or not, if a person has agreed to it; the next report is due as after any other.</summary>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <returns>What became of it.</returns>
    public async Task<ReportOutcome> TriggerAsync(CancellationToken cancellationToken = default)
    {
        int hour = await FindHourAsync().ConfigureAwait(false);
        ReportOutcome outcome = await RunAsync(cancellationToken).ConfigureAwait(false);
        if (_schedule.After(outcome, _time.GetUtcNow(), hour) is { } next)
        {
            await _due.TryNoteAsync(next, hour).ConfigureAwait(false);
        }

        return outcome;
    }

    /// <summary>Reports if it is due and no other process does so just now; null where nothing was done.</summary>
    internal async Task<ReportOutcome?> CheckAsync(CancellationToken cancellationToken)
    {
        await _reporter.AskToEraseAgainAsync(cancellationToken).ConfigureAwait(false);
        UsageStatus status = await _reporter.GetStatusAsync().ConfigureAwait(false);
        if (status.Decision.State != ConsentState.On)
        {
            return null;
        }

        // Before the lock, because it makes the folder for it: the yes may be kept elsewhere. Whether there is a place for it
        // is seen here, so that a lock that cannot be taken is one that another holds.
        if (await _due.FindAsync().ConfigureAwait(false) is null)
        {
            int hour = await FindHourAsync().ConfigureAwait(false);
            if (!await _due.TryNoteAsync(await FirstAsync(hour).ConfigureAwait(false), hour).ConfigureAwait(false))
            {
                return null;
            }
        }

        using FileStream? held = _folder is null ? null : FolderLock.TryTake(Path.Combine(_folder, FolderLock.Scheduled));
        return (_folder is null || held is not null) && await _due.IsNowAsync().ConfigureAwait(false)
            ? await TriggerAsync(cancellationToken).ConfigureAwait(false)
            : null;
    }

    // A report that a person has sent, by saying yes to it, is the first; not one of a time that has yet to come.
    private async Task<DateTimeOffset> FirstAsync(int hour)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return (await _reporter.GetHistoryAsync().ConfigureAwait(false))
            .FirstOrDefault(sent => sent.IsAccepted) is { At: var at } && at <= now
            && _schedule.After(at, hour) is var next && next > now
            ? next
            : ReportSchedule.First(now, hour);
    }

    // Drawn here and never sent.
    private async Task<int> FindHourAsync() =>
        await _due.FindHourAsync().ConfigureAwait(false) ?? RandomNumberGenerator.GetInt32(ReportSchedule.Hours);

    private async Task<ReportOutcome> RunAsync(CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        for (int attempts = 1; ; attempts++)
        {
            ReportOutcome outcome = await _reporter.ReportAsync(new AgreedPrompt(), cancellationToken).ConfigureAwait(false);
            if (outcome is not ReportOutcome.NotAccepted { Result: DeliveryResult.Unreachable unreachable }
                || cancellationToken.IsCancellationRequested
#pragma warning disable CA5394 // So that many installations do not come back together; nothing depends on who can guess it.
                || RetrySchedule.WaitAfter(
                    attempts, _retries, _time.GetElapsedTime(start), unreachable.RetryAfter, Random.Shared.NextDouble()) is not { } wait)
#pragma warning restore CA5394
            {
                return outcome;
            }

            try
            {
                await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return outcome;
            }
        }
    }
}
