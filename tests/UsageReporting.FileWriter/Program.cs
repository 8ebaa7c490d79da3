// One of several processes that write reports to one file: FILE WRITER COUNT BYTES. It prints what became of each.

using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using UsageReporting;

ServiceCollection services = new();
services.AddUsageReporting("file-writer").AddFileSink(file =>
{
    file.Path = args[0];
    file.MaxFiles = 100;
});
await using ServiceProvider provider = services.BuildServiceProvider();
IReportSink sink = provider.GetRequiredService<IReportSink>();

string padding = new('x', int.Parse(args[3], CultureInfo.InvariantCulture));
for (int number = 0; number < int.Parse(args[2], CultureInfo.InvariantCulture); number++)
{
    string report = $$"""{"writer":"{{args[1]}}","number":{{number}},"padding":"{{padding}}"}""";
    DeliveryResult result = await sink.DeliverAsync(
        new ReportDelivery(Encoding.UTF8.GetBytes(report), IsRepeat: false, TimeSpan.Zero), CancellationToken.None);
    Console.WriteLine($"{number} {result}");
}
