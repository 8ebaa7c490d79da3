using UsageReporting.Core;

namespace UsageReporting;

/// <summary>
/// One run of a program, beside which a report goes out that is due, where that is agreed to or on by default. Disposed at
/// the program's end, it waits for that next to nothing: a report that was not answered by then stays frozen, and goes out
/// beside the next run.
/// </summary>
public sealed class UsageRun : IAsyncDisposable
{
    private readonly TaskCompletionSource _frozen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _interrupt = new();
    private readonly TimeProvider _time;

    /// <param name="outcome">What became of a report that was shown when the run began.</param>
    /// <param name="work">Sends; it says when the report is frozen.</param>
    /// <param name="time">The clock.</param>
    internal UsageRun(ReportOutcome? outcome, Func<Action, CancellationToken, Task> work, TimeProvider time)
    {
        Outcome = outcome;
        _time = time;
        Work = Task.Run(async () =>
        {
            await work(() => _frozen.TrySetResult(), _interrupt.Token).ConfigureAwait(false);
            _frozen.TrySetResult();
        });
    }

    /// <summary>
    /// What became of a report that was shown to a person when the run began, because they were asked or because it is
    /// printed in the place of being sent; null where none was shown.
    /// </summary>
    public ReportOutcome? Outcome { get; }

    /// <summary>What goes on beside the program. It throws nothing.</summary>
    internal Task Work { get; }

    /// <summary>Waits half a second at most for what is kept here, and no longer than nobody notices for the network.</summary>
    public async ValueTask DisposeAsync()
    {
        await WaitAsync(_frozen.Task, ClientLimits.ExitFreeze).ConfigureAwait(false);
        await WaitAsync(Work, ClientLimits.ExitSend).ConfigureAwait(false);
        await _interrupt.CancelAsync().ConfigureAwait(false);
    }

    private Task WaitAsync(Task task, TimeSpan limit) =>
        task.IsCompleted ? Task.CompletedTask : Task.WhenAny(task, Task.Delay(limit, _time));
}
