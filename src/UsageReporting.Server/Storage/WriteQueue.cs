using System.Threading.Channels;

namespace UsageReporting.Server.Storage;

/// <summary>What is to be written, on its way to the one thread that writes.</summary>
/// <typeparam name="TSession">What an engine writes with.</typeparam>
internal sealed class WriteQueue<TSession>
{
    private readonly Channel<PendingWrite<TSession>> _waiting = Channel.CreateBounded<PendingWrite<TSession>>(
        new BoundedChannelOptions(ServerLimits.WaitingWrites)
        {
            SingleReader = true,
            // All that continues is the writer's waking, and a question that then waits for its answer.
            AllowSynchronousContinuations = true,
        });

    public ChannelReader<PendingWrite<TSession>> Waiting => _waiting.Reader;

    public Task<TOutcome> Enqueue<TOutcome>(AnsweredWrite<TSession, TOutcome> write)
    {
        // Neither a full queue nor a closed one makes anybody wait.
        if (!_waiting.Writer.TryWrite(write))
        {
            write.Refuse();
        }

        return write.Answer;
    }

    /// <summary>
    /// Where the queue is full, waits for room for a moment: who asks whether writing works is not answered that there is much of it.
    /// </summary>
    /// <param name="write">Takes the place of a report while it waits: of these there may be few at a time.</param>
    /// <param name="full">The outcome where there is no room all that time.</param>
    public async Task<TOutcome> EnqueueWhenThereIsRoomAsync<TOutcome>(AnsweredWrite<TSession, TOutcome> write, TOutcome full)
    {
        using CancellationTokenSource patience = new(ServerLimits.ReadinessRoomWithin);
        try
        {
            await _waiting.Writer.WriteAsync(write, patience.Token);
        }
        catch (OperationCanceledException)
        {
            return full;
        }
        catch (ChannelClosedException)
        {
            write.Refuse();
        }

        return await write.Answer;
    }

    /// <summary>Takes nothing more.</summary>
    public void Close() => _waiting.Writer.TryComplete();
}
