using System.Text;

namespace UsageReporting.Tests.Clients;

/// <summary>A sink that answers as the test says and remembers what it was given.</summary>
internal sealed class ScriptedSink(string destination = "https://stats.example.org/report") : IReportSink
{
    public static readonly DeliveryResult Unanswered = new DeliveryResult.Unreachable("time-out", MaybeReceived: true);
    public static readonly DeliveryResult Refused = new DeliveryResult.Unreachable("refused", MaybeReceived: false);

    public string Destination => destination;

    public UsageLevel? Level { get; init; }

    public bool KnowsRepeats { get; init; } = true;

    /// <summary>What it makes of a report, as text.</summary>
    public Func<string, string> Rendering { get; set; } = report => report;

    public List<ReportDelivery> Deliveries { get; } = [];

    /// <summary>The reports that it was given, as text.</summary>
    public IEnumerable<string> Reports => Deliveries.Select(delivery => Encoding.UTF8.GetString(delivery.Report.Span));

    public Func<CancellationToken, Task<DeliveryResult>> Answer { get; set; } =
        _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted());

    public ScriptedSink Answering(DeliveryResult result)
    {
        Answer = _ => Task.FromResult(result);
        return this;
    }

    public ReadOnlyMemory<byte> Render(ReadOnlyMemory<byte> report) =>
        Encoding.UTF8.GetBytes(Rendering(Encoding.UTF8.GetString(report.Span)));

    public async ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken)
    {
        Deliveries.Add(delivery);
        return await Answer(cancellationToken);
    }
}
