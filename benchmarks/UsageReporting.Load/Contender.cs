namespace UsageReporting.Load;

/// <summary>One subject with its server, its connections and what they came to.</summary>
internal sealed class Contender : IDisposable
{
    // As many installations as connections at most, or the first reports of the warm-up would not be enough of them.
    private const int Known = 8;

    private readonly ServerProcess _server;
    private readonly Clients _clients;

    public Contender(Subject subject, int connections, string folder)
    {
        Subject = subject;
        _server = ServerProcess.Start(subject, Path.Combine(folder, $"{subject}-{connections}.db"));
        _clients = new Clients(
            _server.Address,
            connections,
            () => subject == Subject.Duplicate ? Installations.Known(Known) : Installations.New());
    }

    public Subject Subject { get; }

    public List<Round> Rounds { get; } = [];

    // A connection's known installations have all reported before the first round that counts.
    public void WarmUp(TimeSpan duration)
    {
        _clients.Run(TimeSpan.MaxValue, Known, status: null);
        _clients.Run(duration, long.MaxValue, status: null);
    }

    public void Measure(TimeSpan duration)
    {
        Usage before = _server.Used();
        (long answers, TimeSpan took) = _clients.Run(duration, long.MaxValue, Subject == Subject.Duplicate ? 429 : 204);
        Usage after = _server.Used();
        Rounds.Add(new Round(
            answers / took.TotalSeconds,
            (double)(after.Allocated - before.Allocated) / answers,
            (after.Processor - before.Processor).TotalMicroseconds / answers));
    }

    public void Dispose()
    {
        _clients.Dispose();
        _server.Dispose();
    }
}
