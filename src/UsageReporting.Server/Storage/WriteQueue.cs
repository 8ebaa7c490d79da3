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
            // All that continues is the writer's waking.
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

    /// <summary>Where the queue is full, waits for room: who asks whether writing works is not answered that there is much of it.</summary>
    public async Task<TOutcome> EnqueueWhenThereIsRoomAsync<TOutcome>(AnsweredWrite<TSession, TOutcome> write)
    {
        try
        {
            await _waiting.Writer.WriteAsync(write);
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
