namespace UsageReporting;

/// <summary>
/// A place that reports are sent to. It sends the bytes as they are. It may throw, which counts as an answer that
/// never came.
/// </summary>
public interface IReportSink
{
    /// <summary>What people are told about where reports go, such as the endpoint's address. Different for each sink.</summary>
    string Destination { get; }

    /// <summary>The one level whose reports go there, so that a network can close it for that level; null for all.</summary>
    UsageLevel? Level => null;

    /// <summary>Sends a report once, without retrying.</summary>
    /// <param name="delivery">What is sent.</param>
    /// <param name="cancellationToken">
    /// Cancelled by the host, and after 70 s. A shorter time-out of the sink's own is a result.
    /// </param>
    /// <exception cref="OperationCanceledException">The host cancelled.</exception>
    ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken);
}
