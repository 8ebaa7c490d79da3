using System.Collections.Concurrent;
using System.Net;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>Clients that report without a pause, each for a new installation each time, and note what they are told.</summary>
/// <param name="send">Sends a report of an installation.</param>
/// <param name="goesOn">Whether a client whose report got no answer sends another one.</param>
internal sealed class Load(Func<string, Task<HttpStatusCode>> send, bool goesOn = false)
{
    private readonly ConcurrentQueue<string> _accepted = new();
    private readonly ConcurrentQueue<string> _uncertain = new();
    private readonly ConcurrentDictionary<HttpStatusCode, int> _refused = new();
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _wanted = int.MaxValue;

    /// <summary>One that ends with the server.</summary>
    public Load(ServerProcess server)
        : this(server.SendAsync)
    {
    }

    /// <summary>The ids whose report was answered with 204.</summary>
    public IReadOnlyCollection<string> Accepted => _accepted;

    /// <summary>The ids whose report got no answer.</summary>
    public IReadOnlyCollection<string> Uncertain => _uncertain;

    /// <summary>The other answers, counted.</summary>
    public IReadOnlyDictionary<HttpStatusCode, int> Refused => _refused;

    /// <summary>Reports until the server is gone or the token says so.</summary>
    public Task RunAsync(int clients, CancellationToken cancellationToken = default) =>
        Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => ReportAsync(cancellationToken), CancellationToken.None)));

    /// <summary>Waits until so many reports were accepted.</summary>
    public Task WaitForAsync(int accepted)
    {
        _wanted = accepted;
        return _enough.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            string id = Reports.NewId();
            try
            {
                HttpStatusCode status = await send(id);
                if (status == HttpStatusCode.NoContent)
                {
                    _accepted.Enqueue(id);
                }
                else
                {
                    _refused.AddOrUpdate(status, 1, (_, count) => count + 1);
                }

                if (_accepted.Count >= _wanted)
                {
                    _enough.TrySetResult();
                }
            }
            catch (HttpRequestException)
            {
                _uncertain.Enqueue(id);
                if (!goesOn)
                {
                    return;
                }
            }
        }
    }
}
