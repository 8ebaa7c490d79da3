using System.Globalization;

namespace UsageReporting.Load;

/// <summary>
/// All subjects at each number of connections. Their rounds take turns, and each is compared with the empty endpoint's
/// of the same turn: what else the machine does meanwhile befalls all of them.
/// </summary>
internal static class Throughput
{
    private static readonly int[] Connections = [64, 256];

    // .NET compiles what a request runs through once more, with optimisations, while it runs: for two seconds of full load a request
    // takes several times the processor's time.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    private static readonly Subject[] OfSqlite =
    [
        Subject.Empty, Subject.Validation, Subject.Durable, Subject.Duplicate, Subject.Unbatched, Subject.OneTransactionARequest,
        Subject.OneTransactionInWal, Subject.Downloads,
    ];

    private static readonly Subject[] OfPostgreSql = [Subject.Empty, Subject.PostgreSql, Subject.OneStatementARequest];

    // What is measured against what beside the empty endpoint.
    private static readonly (Subject Own, Subject Other)[] Compared =
    [
        (Subject.Durable, Subject.Unbatched), (Subject.Durable, Subject.OneTransactionARequest),
        (Subject.Durable, Subject.OneTransactionInWal), (Subject.PostgreSql, Subject.OneStatementARequest),
    ];

    /// <param name="folder">For files.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="duration">How long.</param>
    /// <param name="postgreSql">How to connect to PostgreSQL, if that is measured.</param>
    public static void Measure(string folder, int rounds, TimeSpan duration, string? postgreSql)
    {
        foreach (int connections in Connections)
        {
            Contender[] contenders =
            [
                .. (postgreSql is null ? OfSqlite : OfPostgreSql).Select(subject => new Contender(subject, connections, folder, postgreSql)),
            ];
            try
            {
                Array.ForEach(contenders, contender => contender.WarmUp(WarmUp));
                for (int round = 0; round < rounds; round++)
                {
                    Array.ForEach(contenders, contender => contender.Measure(duration));
                }

                Array.ForEach(contenders, contender => contender.Verify());
                Print(connections, rounds, duration, contenders);
            }
            finally
            {
                Array.ForEach(contenders, contender => contender.Dispose());
            }
        }
    }

    private static void Print(int connections, int rounds, TimeSpan duration, Contender[] contenders)
    {
        Line($"{connections} connections, {rounds} rounds of {duration.TotalSeconds} s: median (least to most)");
        Line($"{"",-24}{"requests/s",28}{"of the empty one",30}{"allocated",13}{"above empty",13}{"processor",13}");
        List<Round> empty = contenders[0].Rounds;
        double emptyBytes = Spread.Of(empty.Select(round => round.Allocated)).Median;
        foreach (Contender contender in contenders)
        {
            Spread rate = Spread.Of(contender.Rounds.Select(round => round.PerSecond));
            Spread share = Spread.Of(contender.Rounds.Zip(empty, (own, other) => own.PerSecond / other.PerSecond));
            double bytes = Spread.Of(contender.Rounds.Select(round => round.Allocated)).Median;
            double processor = Spread.Of(contender.Rounds.Select(round => round.Processor)).Median;
            string rates = Text($"{rate.Median:N0} ({rate.Least:N0} to {rate.Most:N0})");
            string shares = Text($"{share.Median:P1} ({share.Least:P1} to {share.Most:P1})");
            Line($"{contender.Subject,-24}{rates,28}{shares,30}{bytes,11:N0} B{bytes - emptyBytes,11:N0} B{processor,10:N1} µs");
        }

        Dictionary<Subject, List<Round>> all = contenders.ToDictionary(contender => contender.Subject, contender => contender.Rounds);
        foreach ((Subject own, Subject other) in Compared.Where(pair => all.ContainsKey(pair.Own)))
        {
            Spread times = Spread.Of(all[own].Zip(all[other], (ours, others) => ours.PerSecond / others.PerSecond));
            Line($"{own} is {times.Median:N1} ({times.Least:N1} to {times.Most:N1}) times {other}.");
        }

        Line($"");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Line(FormattableString text) => Console.WriteLine(Text(text));
}
