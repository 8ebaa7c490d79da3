using System.Text;

namespace UsageReporting.Transports.Console;

/// <summary>Writes reports to a text writer, so that a developer sees what would go out.</summary>
internal sealed class ConsoleReportSink(TextWriter writer) : IReportSink
{
    public string Destination => "console";

    public async ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken)
    {
        await writer.WriteLineAsync(Encoding.UTF8.GetString(delivery.Report.Span).AsMemory(), cancellationToken)
            .ConfigureAwait(false);
        return new DeliveryResult.Accepted();
    }
}
