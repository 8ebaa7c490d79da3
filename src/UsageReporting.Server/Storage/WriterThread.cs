using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace UsageReporting.Server.Storage;

/// <summary>
/// The only thread that takes from a queue. What has gathered while the engine was busy with one batch becomes the next, so
/// that many reports share one flush.
/// </summary>
/// <typeparam name="TSession">What an engine writes with.</typeparam>
internal sealed class WriterThread<TSession>
{
    private readonly ChannelReader<PendingWrite<TSession>> _waiting;
    private readonly Action<List<PendingWrite<TSession>>> _write;
    private readonly Action _leave;
    private readonly Thread _thread;

    /// <param name="queue">What is to be written; the thread ends when it is closed and empty.</param>
    /// <param name="write">Writes a batch and answers all of it. It does not throw.</param>
    /// <param name="leave">Closes the database in the end.</param>
    public WriterThread(WriteQueue<TSession> queue, Action<List<PendingWrite<TSession>>> write, Action leave)
    {
        _waiting = queue.Waiting;
        _write = write;
        _leave = leave;
        _thread = new Thread(Run) { IsBackground = true, Name = "usage report writer" };
        _thread.Start();
    }

    /// <summary>Waits until all is written.</summary>
    public void Join() => _thread.Join();

    private void Run()
    {
        List<PendingWrite<TSession>> batch = new(ServerLimits.BatchSize);
        using ManualResetEventSlim woken = new(initialState: false, spinCount: 0);
        while (WaitForWrites(woken))
        {
            while (batch.Count < ServerLimits.BatchSize && _waiting.TryRead(out PendingWrite<TSession>? write))
            {
                batch.Add(write);
            }

            _write(batch);
            batch.Clear();
        }

        _leave();
    }

    // False when none will come any more. A task that is waited for spins first, for about as long as it mostly takes until
    // the next report comes: that would be most of a core, which the requests have need of.
    private bool WaitForWrites(ManualResetEventSlim woken)
    {
        TaskAwaiter<bool> waiting = _waiting.WaitToReadAsync().AsTask().GetAwaiter();
        if (!waiting.IsCompleted)
        {
            woken.Reset();
            waiting.UnsafeOnCompleted(woken.Set);
            woken.Wait();
        }

        return waiting.GetResult();
    }
}
