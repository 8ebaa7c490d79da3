using Microsoft.Extensions.Options;
using ReferenceServer;
using UsageReporting.Server;

WebApplication server;
try
{
    if (args is ["aggregate", .. var settings])
    {
        using IHost worker = Worker(settings);
        await Aggregate.RunAsync(worker);
        return 0;
    }

    server = await StartAsync(args);
}
catch (OptionsValidationException e)
{
    return Refuse(e.Failures);
}
catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
{
    return Refuse(e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures));
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
    ServerSettings settings = Configure(builder);
    builder.WebHost.ConfigureUsageReportingKestrel();

    WebApplication app = builder.Build();
    try
    {
        if (settings.Proxies.Count > 0)
        {
            app.UseForwardedHeaders(TrustedProxies.Of(settings));
        }

        foreach (ProductSettings product in settings.Products)
        {
            app.MapUsageReports(product.Path, product.Name);
        }

        app.MapUsageSchemas("/schema");
        app.MapUsageHealth("/healthz");
        app.MapPackageDownloads();
        app.MapPackages();

        await app.StartAsync();
    }
    catch
    {
        // The database may be open already, and is closed.
        await app.DisposeAsync();
        throw;
    }

    Console.WriteLine($"Listening on {string.Join(", ", app.Urls)}, storing in {settings.Database}.");
    return app;
}

// The same without listening.
static IHost Worker(string[] args)
{
    HostApplicationBuilder builder = Host.CreateApplicationBuilder(
        new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
    Configure(builder);
    return builder.Build();
}

static ServerSettings Configure(IHostApplicationBuilder builder)
{
    ServerSettings settings = builder.Configuration.GetSection("UsageReporting:Server").Get<ServerSettings>() ?? new();
    if (string.IsNullOrWhiteSpace(settings.DataDirectory))
    {
        throw new InvalidOperationException("UsageReporting:Server:DataDirectory is empty.");
    }

    Directory.CreateDirectory(settings.DataDirectory);

    // What the program says itself is all that is on the standard output.
    builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    // What prevents a start is said once, below, and without a stack trace.
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

    UsageReportingServerBuilder reporting = builder.Services.AddUsageReportingServer()
        .UseSqlite(settings.Database)
        .AddDownloads(downloads =>
        {
            settings.Downloads.Packages.ForEach(downloads.Packages.Add);
            downloads.WindowSeconds = settings.Downloads.WindowSeconds;
            downloads.RollUpInBackground = settings.Downloads.RollUpInBackground;
        });
    foreach (ProductSettings product in settings.Products)
    {
        reporting.AddProduct(product.Name, Path.Combine(AppContext.BaseDirectory, product.Schema));
    }

    builder.Services.AddSingleton(new AggregateRequest(settings.Database)).AddHostedService<AggregateService>();
    return settings;
}

int Refuse(params IEnumerable<string> mistakes)
{
    string what = args is ["aggregate", ..] ? "The counters cannot be brought up to date:" : "The server cannot start:";
    string[] lines = [.. mistakes];
    Console.Error.WriteLine(lines is [string only] ? $"{what} {only}" : string.Join("\n- ", [what, .. lines]));
    return 1;
}
