using UsageReporting.Server;

namespace ReferenceServer;

/// <summary>
/// The verb <c>aggregate</c>: brings the counters of packages up to date, by the server that has the database, or without
/// one if none runs.
/// </summary>
internal static class Aggregate
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(IHost host)
    {
        AggregateRequest request = host.Services.GetRequiredService<AggregateRequest>();
        request.Make();
        try
        {
            await host.StartAsync();
        }
        catch (UsageStoreException e) when (e.IsInUse)
        {
            // Then that server does it.
        }

        using CancellationTokenSource patience = new(Patience);
        try
        {
            await request.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            request.Withdraw();
            throw new TimeoutException("The server has not done it within a minute.");
        }

        await host.StopAsync();
        Console.WriteLine("The counters of packages are up to date.");
    }
}
