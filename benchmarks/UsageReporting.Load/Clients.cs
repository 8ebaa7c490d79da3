using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace UsageReporting.Load;

/// <summary>
/// A number of connections, each of which sends its next request as soon as it has the answer to the last. One thread
/// serves them all, as cheaply as .NET's sockets allow: load and server share the machine.
/// </summary>
internal sealed class Clients : IDisposable
{
    private readonly Connection[] _connections;

    public Clients(IPEndPoint server, int count, Func<Installations> installations, PreparedRequest request) => _connections =
        [.. Enumerable.Range(0, count).Select(_ => new Connection(server, installations(), request))];

    /// <summary>Environment variables that .NET's sockets read once, before the first one is made.</summary>
    public static IReadOnlyDictionary<string, string> SocketSettings { get; } = new Dictionary<string, string>
    {
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
        ["DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"] = "1",
    };

    /// <summary>Sends requests until the time is over, or until each connection has sent so many.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="most">How many requests of each connection.</param>
    /// <param name="status">The only answer that is right; null for any.</param>
    /// <returns>How many were answered, and how long it took.</returns>
    /// <exception cref="InvalidOperationException">Another answer came, or none.</exception>
    public (long Answers, TimeSpan Took) Run(TimeSpan duration, long most, int? status)
    {
        long start = Stopwatch.GetTimestamp();
        long end = duration == TimeSpan.MaxValue ? long.MaxValue : start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        Task<long>[] runs = [.. _connections.Select(connection => connection.RunAsync(end, most, status))];
        long answers = Task.WhenAll(runs).GetAwaiter().GetResult().Sum();
        return (answers, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Sends requests at a rate, whether or not the answers keep up.</summary>
    /// <returns>
    /// What each answer took, in milliseconds, counted from when its request was due: one that has to wait for a free
    /// connection is late, too.
    /// </returns>
    public IReadOnlyList<double> RunPaced(TimeSpan duration, double perSecond, int status)
    {
        double[] times = new double[(int)(duration.TotalSeconds * perSecond)];
        using BlockingCollection<Connection> idle = new(new ConcurrentQueue<Connection>(_connections));
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < times.Length; i++)
        {
            long due = start + (long)(i / perSecond * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < due)
            {
                Thread.Sleep(1);
            }

            _ = SendAsync(i, Take(idle), due);
        }

        Array.ForEach(_connections, _ => Take(idle));
        return times;

        async Task SendAsync(int number, Connection connection, long due)
        {
            await connection.RunAsync(long.MaxValue, 1, status);
            times[number] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            idle.Add(connection);
        }
    }

    public void Dispose()
    {
        foreach (Connection connection in _connections)
        {
            connection.Dispose();
        }
    }

    // One whose request failed does not come back.
    private static Connection Take(BlockingCollection<Connection> idle) =>
        idle.TryTake(out Connection? connection, TimeSpan.FromSeconds(30))
            ? connection
            : throw new InvalidOperationException("Answers do not come.");
}
