using Microsoft.Extensions.Options;
using ReferenceServer;
using UsageReporting.Server;

try
{
    await RunAsync(args);
    return 0;
}
catch (OptionsValidationException e)
{
    return Refuse(e.Failures);
}
catch (Exception e) when (e is UsageStoreException or IOException or UnauthorizedAccessException)
{
    return Refuse([e.Message]);
}

static async Task RunAsync(string[] args)
{
    // The settings and schemas lie beside the program, from wherever it is started.
    WebApplicationBuilder builder = WebApplication.CreateBuilder(
        new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    ServerSettings settings = builder.Configuration.GetSection("UsageReporting:Server").Get<ServerSettings>() ?? new();
    string database = Path.Combine(Directory.CreateDirectory(settings.DataDirectory).FullName, "usage.db");

    // A client that never ends its request does not hold up the end of the server.
    builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(3));
    // The line below is the only one on the standard output.
    builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    // What prevents a start is said once, below, and without a stack trace.
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

    UsageReportingServerBuilder server = builder.Services.AddUsageReportingServer().UseSqlite(database);
    foreach (ProductSettings product in settings.Products)
    {
        server.AddProduct(product.Name, Path.Combine(AppContext.BaseDirectory, product.Schema));
    }

    await using WebApplication app = builder.Build();
    foreach (ProductSettings product in settings.Products)
    {
        app.MapUsageReports(product.Path, product.Name);
    }

    app.MapUsageSchemas("/schema");
    app.MapUsageHealth("/healthz");

    await app.StartAsync();
    Console.WriteLine($"Listening on {string.Join(", ", app.Urls)}, storing in {database}.");
    await app.WaitForShutdownAsync();
}

static int Refuse(IEnumerable<string> mistakes)
{
    Console.Error.WriteLine("The server cannot start:");
    foreach (string mistake in mistakes)
    {
        Console.Error.WriteLine($"- {mistake}");
    }

    return 1;
}
