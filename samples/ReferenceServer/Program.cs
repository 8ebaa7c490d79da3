using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using ReferenceServer;
using ReferenceServer.Demo;
using UsageReporting.Server;

const string Usage = """
    usage: ReferenceServer [--setting=value …]              receives reports until it is told to end
           ReferenceServer digest [--setting=value …]       prints the numbers of the last week as Markdown
           ReferenceServer publish DIR [--setting=value …]  writes the dashboard and its numbers as files for another host
           ReferenceServer ready [--setting=value …]        ends with 0 if the server that runs with these settings can store
           ReferenceServer seed-demo [--installations=N] [--setting=value …]
                                                            fills an empty server with a year of reports of nobody
           ReferenceServer aggregate [--setting=value …]    brings the counters of packages up to date
           ReferenceServer keys add PRODUCT [--scopes=report,read,admin] [--not-before=TIME] [--expires=TIME] [--note=TEXT]
           ReferenceServer keys list
           ReferenceServer keys revoke ID                   the keys of products, also while a server runs
    """;

string trouble = args switch
{
    ["digest" or "publish", ..] => "The numbers cannot be read",
    ["aggregate", ..] => "The counters cannot be brought up to date",
    ["ready", ..] => "The server does not answer",
    ["keys", ..] => "The keys are as they were",
    ["seed-demo", ..] => "There is no demo",
    _ => "The server cannot start",
};
try
{
    switch (args)
    {
        case ["digest", .. string[] settings]:
            using (IHost reader = Reader(settings))
            {
                Console.Write(await reader.Services.GetRequiredService<UsageStatistics>().WriteDigestAsync());
            }

            return 0;
        case ["publish", string folder, .. string[] settings] when !folder.StartsWith('-'):
            using (IHost reader = Reader(settings))
            {
                await reader.Services.GetRequiredService<UsageStatistics>().PublishAsync(folder);
            }

            return 0;
        case ["aggregate", .. string[] settings]:
            using (IHost worker = Worker(settings).Host)
            {
                await Aggregate.RunAsync(worker);
            }

            return 0;
        case ["ready", .. string[] settings]:
            return await Ready.AskAsync(settings) ? 0 : 1;
        case ["seed-demo", .. string[] settings] when settings.All(setting => setting.StartsWith('-')):
            await SeedAsync(settings);
            return 0;
        case ["keys", "add", string product, .. string[] options] when !product.StartsWith('-') && options.All(Keys.Knows):
            using (Services(options, out ServerSettings settings, out UsageKeys keys))
            {
                Keys.Add(keys, settings, product, new ConfigurationBuilder().AddCommandLine(options).Build());
            }

            return 0;
        case ["keys", "list", .. string[] options] when options.All(option => option.StartsWith('-')):
            using (Services(options, out _, out UsageKeys keys))
            {
                Keys.List(keys);
            }

            return 0;
        case ["keys", "revoke", string id, .. string[] options] when !id.StartsWith('-'):
            using (Services(options, out _, out UsageKeys keys))
            {
                Keys.Revoke(keys, id);
            }

            return 0;
        case [] or [['-', ..], ..]:
            (WebApplication server, ServerSettings of) = await StartAsync(args);
            await using (server)
            {
                Console.WriteLine($"Listening on {string.Join(", ", server.Urls)}, storing in {of.Place}.");
                await server.WaitForShutdownAsync();
            }

            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
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

static async Task SeedAsync(string[] args)
{
    (IHost unstarted, ServerSettings settings) = Worker(args);
    using (unstarted)
    {
        if (settings.PostgreSql is not null)
        {
            throw new InvalidOperationException("a demo is made in a SQLite file of its own: leave out the setting PostgreSql.");
        }

        if (File.Exists(settings.Database))
        {
            throw new InvalidOperationException($"{settings.Database} is there already, and only an empty server is filled.");
        }
    }

    int installations = new ConfigurationBuilder().AddCommandLine(args).Build().GetValue("installations", 10_000);
    DemoClock clock = SeedDemo.Clock();
    // Nobody else can report meanwhile.
    (WebApplication app, _) = await StartAsync([.. args, "--urls=http://127.0.0.1:0"], clock);
    await using (app)
    {
        await SeedDemo.RunAsync(app, clock, settings, installations);
    }
}

static async Task<(WebApplication App, ServerSettings Settings)> StartAsync(string[] args, TimeProvider? clock = null)
{
    // The settings and schemas lie beside the program, from wherever it is started. So may the database, each write to which would
    // be an event of a changed file if that folder were watched for new settings.
    WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
        ContentRootPath = AppContext.BaseDirectory,
    });
    ServerSettings settings = Configure(builder);
    if (clock is not null)
    {
        builder.Services.AddSingleton(clock);
    }

    builder.WebHost.ConfigureUsageReportingKestrel();
    if (OtlpMetrics.IsWanted(builder.Configuration))
    {
        builder.Services.AddHostedService<OtlpMetrics>();
    }

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
        app.MapUsageStatistics("/stats");
        app.MapUsageBadges("/badge");
        app.MapUsageInstallations();
        app.MapUsageReceiptKey();
        app.MapUsageHealth("/healthz");
        app.MapUsageMetrics();
        app.MapPackageDownloads();
        app.MapPackages();
        app.MapUsageDashboard("/");
        app.MapUsageOperator();

        await app.StartAsync();
    }
    catch
    {
        // The database may be open already, and is closed.
        await app.DisposeAsync();
        throw;
    }

    return (app, settings);
}

// The same without listening.
static (IHost Host, ServerSettings Settings) Worker(string[] args)
{
    HostApplicationBuilder builder = Host.CreateApplicationBuilder(
        new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
    ServerSettings settings = Configure(builder);
    return (builder.Build(), settings);
}

// What keys are managed with: neither started nor in need of the database.
static IHost Services(string[] args, out ServerSettings settings, out UsageKeys keys)
{
    (IHost host, settings) = Worker(args);
    keys = host.Services.GetRequiredService<UsageKeys>();
    return host;
}

// The same without writing: it is not started.
static IHost Reader(string[] args)
{
    (IHost host, ServerSettings settings) = Worker(args);
    return settings.PostgreSql is not null || File.Exists(settings.Database)
        ? host
        : throw new InvalidOperationException($"There is no database {settings.Database}.");
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
    // What prevents a start is said once, above, and without a stack trace.
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

    UsageReportingServerBuilder reporting = builder.Services
        .AddUsageReportingServer(server =>
        {
            server.DataDirectory = Path.GetFullPath(settings.DataDirectory);
            server.AdminKey = settings.AdminKey;
            server.NewInstallationsOfNetwork = settings.NewInstallationsOfNetwork;
            server.ReportsOfNetwork = settings.ReportsOfNetwork;
            server.RequestsOfNetworkPerMinute = settings.RequestsOfNetworkPerMinute;
            server.DrainSeconds = settings.DrainSeconds;
            server.Webhook = settings.Webhook;
        });
    _ = settings.PostgreSql is { } connectionString
        ? reporting.UsePostgreSql(connectionString)
        : reporting.UseSqlite(settings.Database);
    reporting.AddOperator(operators => operators.FromAnywhere = settings.OperatorFromAnywhere);
    // The sessions end with the server, and so do the keys of their cookies and forms: none is on the disk.
    builder.Services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new KeysInMemory());
    reporting.AddDownloads(downloads =>
    {
        settings.Downloads.Packages.ForEach(downloads.Packages.Add);
        downloads.WindowSeconds = settings.Downloads.WindowSeconds;
        downloads.RollUpInBackground = settings.Downloads.RollUpInBackground;
    });
    foreach (ProductSettings product in settings.Products)
    {
        reporting.AddProduct(
            product.Name,
            Path.Combine(AppContext.BaseDirectory, product.Schema),
            options =>
            {
                options.PublicStatistics = product.PublicStatistics;
                options.AnswerStyle = product.AnswerStyle;
                options.ApiKey = product.ApiKey;
                options.ReportsPerHour = product.ReportsPerHour;
            });
    }

    builder.Services.AddSingleton(new AggregateRequest(settings.Database)).AddHostedService<AggregateService>();
    return settings;
}

int Refuse(params IEnumerable<string> mistakes)
{
    string[] lines = [.. mistakes];
    Console.Error.WriteLine(
        lines is [string only] ? $"{trouble}: {only}" : string.Join("\n- ", [$"{trouble}:", .. lines]));
    return 1;
}
