using Microsoft.Extensions.Options;
using ReferenceServer;
using UsageReporting.Server;

WebApplication server;
try
{
    server = await StartAsync(args);
}
catch (OptionsValidationException e)
{
    return Refuse(e.Failures);
}
catch (Exception e)
{
    // What prevents a start is a setting: an address, a path, a file that is no JSON. Each has an exception of its own.
    return Refuse(e.Message);
}

await using (server)
{
    await server.WaitForShutdownAsync();
}

return 0;

static async Task<WebApplication> StartAsync(string[] args)
{
    // The settings and schemas lie beside the program, from wherever it is started.
    WebApplicationBuilder builder = WebApplication.CreateBuilder(
        new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    ServerSettings settings = builder.Configuration.GetSection("UsageReporting:Server").Get<ServerSettings>() ?? new();
    if (string.IsNullOrWhiteSpace(settings.DataDirectory))
    {
        throw new InvalidOperationException("UsageReporting:Server:DataDirectory is empty.");
    }

    string database = Path.Combine(Directory.CreateDirectory(settings.DataDirectory).FullName, "usage.db");

    // The line below is the only one on the standard output.
    builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    // What prevents a start is said once, below, and without a stack trace.
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    builder.WebHost.ConfigureUsageReportingKestrel();

    UsageReportingServerBuilder reporting = builder.Services.AddUsageReportingServer().UseSqlite(database);
    foreach (ProductSettings product in settings.Products)
    {
        reporting.AddProduct(product.Name, Path.Combine(AppContext.BaseDirectory, product.Schema));
    }

    WebApplication app = builder.Build();
    try
    {
        foreach (ProductSettings product in settings.Products)
        {
            app.MapUsageReports(product.Path, product.Name);
        }

        app.MapUsageSchemas("/schema");
        app.MapUsageHealth("/healthz");

        await app.StartAsync();
    }
    catch
    {
        // The database may be open already, and is closed.
        await app.DisposeAsync();
        throw;
    }

    Console.WriteLine($"Listening on {string.Join(", ", app.Urls)}, storing in {database}.");
    return app;
}

static int Refuse(params IEnumerable<string> mistakes)
{
    string[] lines = [.. mistakes];
    Console.Error.WriteLine(
        lines is [string only] ? $"The server cannot start: {only}" : string.Join("\n- ", ["The server cannot start:", .. lines]));
    return 1;
}
