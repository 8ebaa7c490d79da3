using System.Text;

namespace UsageReporting;

/// <summary>A sink that keeps what it is given in memory and answers as the test says.</summary>
public sealed class CollectingSink : IReportSink
{
    private readonly Lock _lock = new();
    private readonly List<ReportDelivery> _deliveries = [];

    /// <summary>A sink that calls itself <c>https://stats.example.org/report</c>.</summary>
    public CollectingSink()
        : this("https://stats.example.org/report")
    {
    }

    /// <summary>A sink with a destination of its own.</summary>
    /// <param name="destination">What people are told about where reports go.</param>
    public CollectingSink(string destination) => Destination = destination;

    /// <inheritdoc/>
    public string Destination { get; }

    /// <summary>What it answers from now on.</summary>
    /// <value>Default: accepted.</value>
    public DeliveryResult Answer { get; set; } = new DeliveryResult.Accepted();

    /// <summary>What it was given, in order.</summary>
    public IReadOnlyList<ReportDelivery> Deliveries
    {
        get
        {
            lock (_lock)
            {
                return [.. _deliveries];
            }
        }
    }

    /// <summary>The reports that it was given, as JSON.</summary>
    public IReadOnlyList<string> Reports => [.. Deliveries.Select(delivery => Encoding.UTF8.GetString(delivery.Report.Span))];

    /// <inheritdoc/>
    public ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _deliveries.Add(delivery);
        }

        return ValueTask.FromResult(Answer);
    }
}
