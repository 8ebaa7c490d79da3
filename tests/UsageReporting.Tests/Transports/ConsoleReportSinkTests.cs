using System.Text;
using NUnit.Framework;
using UsageReporting.Tests.Clients;
using UsageReporting.Transports.Console;

namespace UsageReporting.Tests.Transports;

public sealed class ConsoleReportSinkTests
{
    [Test]
    public async Task DeliverAsync_Report_IsWrittenAsItIs()
    {
        using StringWriter output = new() { NewLine = "\n" };
        ConsoleReportSink sink = new(output);

        DeliveryResult result = await sink.DeliverAsync(
            new ReportDelivery(Encoding.UTF8.GetBytes(Paperless.Report), IsRepeat: false, TimeSpan.Zero),
            CancellationToken.None);

        Assert.That(result, Is.EqualTo(new DeliveryResult.Accepted()));
        Assert.That(output.ToString(), Is.EqualTo(Paperless.Report + "\n"));
        Assert.That(sink.Destination, Is.EqualTo("console"));
    }
}
