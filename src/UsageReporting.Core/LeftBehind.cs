namespace UsageReporting.Core;

/// <summary>Work of a host's own code that nobody may wait for any more.</summary>
internal static class LeftBehind
{
    /// <summary>Keeps what it may throw later out of the host's <see cref="TaskScheduler.UnobservedTaskException"/>.</summary>
    public static void Observe(Task work) => work.ContinueWith(
        static failed => failed.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
