// A printer fleet's web application, after document 001: it counts what happens, and once a week reports it by itself if
// somebody agreed. Settings come first; behind them may stand a command that looks at reporting, or switches it:
//
//     ScheduledWebApp [--Setting=value …] [usage …]

using System.CommandLine;
using ScheduledWebApp;
using UsageReporting;

int verb = Array.IndexOf(args, "usage");
await using WebApplication app = FleetApplication.Build(verb < 0 ? args : args[..verb]);
if (verb >= 0)
{
    RootCommand root = new("Looks after a fleet of printers.") { UsageCommand.Create(app.Services) };
    return await UsageCommandLine.RunAsync(root, args[verb..]);
}

await app.StartAsync();
UsageReporter reporter = app.Services.GetRequiredService<UsageReporter>();
await reporter.GetStatusAsync();
Console.WriteLine($"The printers are at {app.Urls.First()}; {reporter.Indicator.Text}. Press Ctrl-C to end.");
await app.WaitForShutdownAsync();
return 0;
