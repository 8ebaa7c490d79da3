// One report, end to end, in one process: a server on SQLite, an application that reports to it over a real socket, the
// row that is stored, the refusal of a second report of the same installation, and the page on which numbers are looked at.
// With --stay the server goes on until Ctrl-C.

using QuickStart;
using UsageReporting;

DirectoryInfo folder = Directory.CreateTempSubdirectory("usage-reporting-quick-start-");
string schemaFile = Path.Combine(folder.FullName, "schema.json");
string address = "";
string database = Path.Combine(folder.FullName, "usage.db");
try
{
    using IHost application = Application();

    // What the server may accept is what the application's collectors declare. Between two machines the file comes from
    // `usage schema`.
    ReportSchema schema = application.Services.GetRequiredService<ReportSchema>();
    await File.WriteAllBytesAsync(schemaFile, schema.ToJson());

    await using WebApplication server = Server();
    await server.StartAsync();
    address = server.Urls.Single();
    Title($"A server listens on {address}, its database is {database}");

    UsageReporter reporter = application.Services.GetRequiredService<UsageReporter>();
    Title("The application shows what it would send");
    await ReportAsync(reporter);

    Title("The row in the database: SELECT * FROM reports");
    StoredRows.Print(database);

    Title("The same installation reports again");
    await ReportAsync(reporter);

    Title($"The dashboard: {address}/");
    Console.WriteLine("It shows numbers of weeks that have closed, once ten installations have reported in one.");
    if (args is ["--stay"])
    {
        Console.WriteLine("It stays up until Ctrl-C.");
        await server.WaitForShutdownAsync();
    }
    else
    {
        Console.WriteLine("It is gone now; with --stay it stays up.");
        await server.StopAsync();
    }
}
finally
{
    folder.Delete(recursive: true);
}

IHost Application()
{
    HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
    builder.Services.AddSingleton(new Library(Books: 1_204, HasMail: true));
    builder.Services.AddUsageReporting("quick-start", usage =>
        {
            usage.Operator = "the QuickStart project";
            usage.Promise = "No names, titles or addresses are collected.";
            usage.DataDirectory = Path.Combine(folder.FullName, "application");
        })
        .AddEnvironmentCollector()
        .AddInstallTypeCollector()
        .AddPlatformCollector()
        .AddCollector<BookCollector>()
        .AddFlag("mail", "Mail enabled", "Whether any mail account is configured.", (Library library) => library.HasMail)
        .AddHttpSink(sink => sink.Endpoint = new Uri($"{address}/report"));
    return builder.Build();
}

WebApplication Server()
{
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.Services.AddUsageReportingServer().AddProduct("quick-start", schemaFile).UseSqlite(database);
    WebApplication app = builder.Build();
    app.MapUsageReports("/report", "quick-start");
    app.MapUsageSchemas("/schema");
    app.MapUsageDashboard("/");
    return app;
}

async Task ReportAsync(UsageReporter reporter)
{
    ReportOutcome outcome = await reporter.ReportAsync(new ShowAndAgree());
    foreach (string line in reporter.Describe(outcome))
    {
        Console.WriteLine(line);
    }
}

static void Title(string text) => Console.WriteLine($"\n--- {text}\n");
