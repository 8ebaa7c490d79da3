namespace UsageReporting.Load;

/// <summary>One subject with its server, its connections and what they came to.</summary>
internal sealed class Contender : IDisposable
{
    // As many installations as connections at most, or the first reports of the warm-up would not be enough of them.
    private const int Known = 8;

    private readonly string _database;
    private readonly ServerProcess _server;
    private readonly Clients _clients;

    private long _answered;

    public Contender(Subject subject, int connections, string folder, string? postgreSql = null)
    {
        Subject = subject;
        _database = subject is Subject.PostgreSql or Subject.OneStatementARequest
            ? NewDatabase.Make(postgreSql!)
            : Path.Combine(folder, $"{subject}-{connections}.db");
        _server = ServerProcess.Start(subject, _database);
        _clients = new Clients(
            _server.Address,
            connections,
            () => subject == Subject.Duplicate ? Installations.Known(Known) : Installations.New(),
            subject == Subject.Downloads ? PreparedRequest.Install : PreparedRequest.Report);
    }

    public Subject Subject { get; }

    public List<Round> Rounds { get; } = [];

    private int Status => Subject switch
    {
        Subject.Duplicate => 429,
        Subject.Downloads => 200,
        _ => 204,
    };

    // A connection's known installations have all reported before the first round that counts.
    public void WarmUp(TimeSpan duration)
    {
        if (Subject == Subject.Duplicate)
        {
            _answered += _clients.Run(TimeSpan.MaxValue, Known, status: null).Answers;
        }

        _answered += _clients.Run(duration, long.MaxValue, status: null).Answers;
    }

    public void Measure(TimeSpan duration)
    {
        Usage before = _server.Used();
        (long answers, TimeSpan took) = _clients.Run(duration, long.MaxValue, Status);
        _answered += answers;
        Usage after = _server.Used();
        Rounds.Add(new Round(
            answers / took.TotalSeconds,
            (double)(after.Allocated - before.Allocated) / answers,
            (after.Processor - before.Processor).TotalMicroseconds / answers));
    }

    /// <summary>What each answer took at a rate, in milliseconds.</summary>
    public IReadOnlyList<double> MeasurePaced(TimeSpan duration, double perSecond)
    {
        IReadOnlyList<double> times = _clients.RunPaced(duration, perSecond, Status);
        _answered += times.Count;
        return times;
    }

    /// <summary>Holds that everything was stored that was answered, where the answer does not say so.</summary>
    public void Verify()
    {
        if (Subject == Subject.Downloads)
        {
            StoredInstalls.Verify(_database, _answered);
        }
    }

    public void Dispose()
    {
        _clients.Dispose();
        _server.Dispose();
    }
}
