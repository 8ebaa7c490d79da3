using Microsoft.Extensions.Hosting;

namespace UsageReporting.Server.Storage;

/// <summary>
/// A job that reads or writes the database. It has ended when it is disposed, also in a host that is not stopped before: no
/// reader is left on a file that its owner may delete then.
/// </summary>
internal abstract class DatabaseJob : BackgroundService
{
    public override void Dispose()
    {
        base.Dispose();

        // What it failed with has been logged, or is that it was told to end.
        if (ExecuteTask is { } running)
        {
            Task.WhenAny(running).GetAwaiter().GetResult();
        }
    }
}
