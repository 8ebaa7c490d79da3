// An application that has UsageReporting from its packages: ENDPOINT FOLDER usage …

using System.CommandLine;
using Consumer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UsageReporting;

string endpoint = args[0];
string folder = args[1];

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.Configuration.AddInMemoryCollection([new("Mail:Enabled", "true")]);
builder.Services.AddSingleton(new Library(Documents: 1_234));
builder.Services.AddUsageReporting("consumer", usage => usage.DataDirectory = Path.Combine(folder, "state"))
    .AddEnvironmentCollector()
    .AddRuntimeCollector()
    .AddPlatformCollector()
    .AddOperatingSystemCollector()
    .AddInstallTypeCollector(InstallTypes.DotNet)
    .AddCollector<LibraryCollector>()
    .AddFlag("mail", "Mail enabled", "Whether any mail account is configured.", "Mail:Enabled")
    .AddHttpSink(endpoint)
    .AddFileSink(Path.Combine(folder, "reports.jsonl"));

using IHost host = builder.Build();
await host.StartAsync();
RootCommand root = new("A consumer of the packages.") { UsageCommand.Create(host.Services) };
int exitCode = await UsageCommandLine.RunAsync(root, args[2..]);
await host.StopAsync();
return exitCode;
