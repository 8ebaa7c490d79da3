using UsageReporting.Server;

namespace ReferenceServer;

/// <summary>
/// A file beside the database that asks for its counters to be brought up to date. Only one process may write the
/// database, so that a timer's command does not do it itself while a server runs; and who may write the folder may ask.
/// </summary>
internal sealed class AggregateRequest(string database)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly string _file = $"{database}.aggregate";

    public void Make() => File.WriteAllText(_file, "");

    /// <summary>Takes it back: nobody waits for it any more.</summary>
    public void Withdraw() => File.Delete(_file);

    /// <summary>Waits until it is done.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(LookEvery);
        while (File.Exists(_file))
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Does what is asked for, until the server ends.</summary>
    public async Task ServeAsync(PackageCounters counters, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(LookEvery);
        do
        {
            if (File.Exists(_file) && await counters.RollUpAsync(cancellationToken) is not null)
            {
                File.Delete(_file);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
