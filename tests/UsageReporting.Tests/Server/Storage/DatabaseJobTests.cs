using NUnit.Framework;
using UsageReporting.Server.Storage;

namespace UsageReporting.Tests.Server.Storage;

public sealed class DatabaseJobTests
{
    [Test]
    public async Task Dispose_HostThatWasNotStopped_WaitsForWhatIsBeingRead()
    {
        using ReadingJob job = new();
        await job.StartAsync(CancellationToken.None);
        await job.IsReading.Task;

        Task disposing = Task.Run(job.Dispose);
        Assert.That(disposing.IsCompleted, Is.False);
        job.IsRead.SetResult();
        await disposing.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(job.ExecuteTask!.IsCompleted, Is.True);
    }

    private sealed class ReadingJob : DatabaseJob
    {
        public TaskCompletionSource IsReading { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource IsRead { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            IsReading.SetResult();
            await IsRead.Task;
            throw new InvalidOperationException("Fails at its end.");
        }
    }
}
