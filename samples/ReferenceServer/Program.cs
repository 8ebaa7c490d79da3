using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using ReferenceServer;
using UsageReporting.Server;

const string Usage = """
    usage: ReferenceServer [--setting=value …]              receives reports until it is told to end
           ReferenceServer digest [--setting=value …]       prints the numbers of the last week as Markdown
           ReferenceServer publish DIR [--setting=value …]  writes the published numbers as files for another host
    """;

string trouble = args is ["digest" or "publish", ..] ? "The numbers cannot be read" : "The server cannot start";
try
{
    switch (args)
    {
        case ["digest", .. string[] settings]:
            await using (WebApplication app = BuildToRead(settings))
            {
                Console.Write(await app.Services.GetRequiredService<UsageStatistics>().WriteDigestAsync());
            }

            return 0;
        case ["publish", string folder, .. string[] settings] when !folder.StartsWith('-'):
            await using (WebApplication app = BuildToRead(settings))
            {
                await app.Services.GetRequiredService<UsageStatistics>().PublishAsync(folder);
            }

            return 0;
        case [] or [['-', ..], ..]:
            await using (WebApplication app = await StartAsync(args))
            {
                await app.WaitForShutdownAsync();
            }

            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (OptionsValidationException e)
{
    return Refuse(trouble, e.Failures);
}
catch (Exception e)
{
    // What prevents a start is a setting: an address, a path, a file that is no JSON. Each has an exception of its own.
    return Refuse(trouble, e.Message);
}

static async Task<WebApplication> StartAsync(string[] args)
{
    (WebApplication app, string database) = Build(args);
    try
    {
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

static WebApplication BuildToRead(string[] args)
{
    (WebApplication app, string database) = Build(args);
    return File.Exists(database) ? app : throw new InvalidOperationException($"There is no database {database}.");
}

static (WebApplication App, string Database) Build(string[] args)
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

    // What these say of a client's address is believed, and what nobody else says.
    builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        settings.Proxies.ForEach(proxy => forwarded.KnownProxies.Add(IPAddress.Parse(proxy)));
    });

    UsageReportingServerBuilder reporting = builder.Services.AddUsageReportingServer(server =>
    {
        server.AdminKey = settings.AdminKey;
        server.NewInstallationsOfNetwork = settings.NewInstallationsOfNetwork;
        server.ReportsOfNetwork = settings.ReportsOfNetwork;
        server.Webhook = settings.Webhook;
    }).UseSqlite(database);
    foreach (ProductSettings product in settings.Products)
    {
        reporting.AddProduct(
            product.Name,
            Path.Combine(AppContext.BaseDirectory, product.Schema),
            options => options.PublicStatistics = product.PublicStatistics);
    }

    WebApplication app = builder.Build();
    if (settings.Proxies.Count > 0)
    {
        app.UseForwardedHeaders();
    }

    foreach (ProductSettings product in settings.Products)
    {
        app.MapUsageReports(product.Path, product.Name);
    }

    app.MapUsageSchemas("/schema");
    app.MapUsageStatistics("/stats");
    app.MapUsageBadges("/badge");
    app.MapUsageHealth("/healthz");
    return (app, database);
}

static int Refuse(string trouble, params IEnumerable<string> mistakes)
{
    string[] lines = [.. mistakes];
    Console.Error.WriteLine(
        lines is [string only] ? $"{trouble}: {only}" : string.Join("\n- ", [$"{trouble}:", .. lines]));
    return 1;
}
