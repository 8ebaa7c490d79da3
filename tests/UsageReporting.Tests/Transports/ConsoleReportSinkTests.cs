using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.Tests.Clients;
using UsageReporting.Transports.Console;

namespace UsageReporting.Tests.Transports;

public sealed class ConsoleReportSinkTests
{
    private static readonly ReportDelivery Delivery =
        new(Encoding.UTF8.GetBytes(Paperless.Report), IsRepeat: false, TimeSpan.Zero);

    [Test]
    public async Task DeliverAsync_Report_IsWrittenAsItIs()
    {
        using StringWriter output = new() { NewLine = "\n" };
        ConsoleReportSink sink = new(output);

        DeliveryResult result = await sink.DeliverAsync(Delivery, CancellationToken.None);

        Assert.That(result, Is.EqualTo(new DeliveryResult.Accepted()));
        Assert.That(output.ToString(), Is.EqualTo(Paperless.Report + "\n"));
        Assert.That(sink.Destination, Is.EqualTo("console"));
    }

    [Test, Property("Case", 120)]
    public void DeliverAsync_HostCancelledBefore_WritesNothing()
    {
        using StringWriter output = new();

        Assert.That(
            async () => await new ConsoleReportSink(output).DeliverAsync(Delivery, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(output.ToString(), Is.Empty);
    }

    [Test]
    [NonParallelizable] // The console is the process's.
    public async Task AddConsoleSink_InAHost_WritesToStandardOutput()
    {
        using StringWriter output = new() { NewLine = "\n" };
        TextWriter before = Console.Out;
        Console.SetOut(output);
        try
        {
            ServiceCollection services = new();
            services.AddUsageReporting("app").AddConsoleSink();
            await using ServiceProvider provider = services.BuildServiceProvider();

            await provider.GetRequiredService<IReportSink>().DeliverAsync(Delivery, CancellationToken.None);
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.That(output.ToString(), Is.EqualTo(Paperless.Report + "\n"));
    }
}
