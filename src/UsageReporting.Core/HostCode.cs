namespace UsageReporting.Core;

/// <summary>Runs a host's own code, which may block, hang or throw.</summary>
internal static class HostCode
{
    /// <summary>
    /// Runs it, and leaves it behind when it takes too long or the host cancels. What may block its thread belongs on one
    /// of the thread pool.
    /// </summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    /// <exception cref="OperationCanceledException">The host cancelled.</exception>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> work, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource expiry = new(limit, time);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        Task<T> working = work(either.Token);
        Observe(working);
        try
        {
            return await working.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException) when (expiry.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(
        Func<CancellationToken, Task> work, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken) =>
        RunAsync(
            async token =>
            {
                await work(token).ConfigureAwait(false);
                return true;
            },
            limit,
            time,
            cancellationToken);

    // What it throws when nobody waits for it any more must not reach the host's TaskScheduler.UnobservedTaskException.
    private static void Observe(Task work) => work.ContinueWith(
        static failed => failed.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
