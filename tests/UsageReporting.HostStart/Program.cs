// A host, built and started in a fresh process: without usage reporting, or with it, whose files would be in FOLDER.
// It prints the bytes that this allocated and the assemblies that are loaded then.

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

long before = GC.GetTotalAllocatedBytes(precise: true);
HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
if (args is [var folder])
{
    AddUsageReporting(builder.Services, folder);
}

using IHost host = builder.Build();
await host.StartAsync();
Console.WriteLine(GC.GetTotalAllocatedBytes(precise: true) - before);
foreach (string? assembly in AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name))
{
    Console.WriteLine(assembly);
}

// A method of its own: one that names it loads it.
static void AddUsageReporting(IServiceCollection services, string folder) =>
    services.AddUsageReporting("host-start", usage => usage.DataDirectory = Path.Combine(folder, "state"))
        .AddEnvironmentCollector()
        .AddRuntimeCollector()
        .AddPlatformCollector()
        .AddOperatingSystemCollector()
        .AddInstallTypeCollector()
        .AddHttpSink("https://stats.example.org/report")
        .AddFileSink(Path.Combine(folder, "reports.jsonl"));
