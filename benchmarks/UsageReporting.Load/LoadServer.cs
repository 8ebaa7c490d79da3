using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UsageReporting.Server;
using UsageReporting.Server.DependencyInjection;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Load;

/// <summary>
/// The server's side, in a process of its own, so that what the load costs is not counted as the server's. It says its
/// port, then for each line of input what it has used so far, and ends with the input.
/// </summary>
internal static class LoadServer
{
    public const string Product = "paperless-ngx";

    public static async Task RunAsync(Subject subject, string database)
    {
        string folder = Directory.CreateTempSubdirectory("usage-reporting-load-").FullName;
        try
        {
            await ServeAsync(subject, database, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ServeAsync(Subject subject, string database, string folder)
    {
        await using WebApplication app = Build(subject, database, folder);
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.Single()).Port);
        while (Console.ReadLine() is not null)
        {
            using Process self = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{GC.GetTotalAllocatedBytes(precise: true)} {self.TotalProcessorTime.Ticks}"));
        }

        await app.StopAsync();
    }

    // As the sample ReferenceServer does it.
    private static WebApplication Build(Subject subject, string database, string folder)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureUsageReportingKestrel().UseUrls("http://127.0.0.1:0");
        UsageReportingServerBuilder reporting = builder.Services.AddUsageReportingServer(server => server.DataDirectory = folder)
            .AddProduct(Product, Path.Combine(AppContext.BaseDirectory, "paperless-ngx.json"));
        switch (subject)
        {
            case Subject.Durable or Subject.Duplicate:
                reporting.UseSqlite(database);
                break;
            case Subject.PostgreSql:
                reporting.UsePostgreSql(database);
                break;
            case Subject.OneStatementARequest:
                Use(reporting, provider => new OneStatementARequestStore(database, provider.GetRequiredService<ProductCatalog>()));
                break;
            case Subject.Downloads:
                reporting.UseSqlite(database).AddDownloads(downloads => downloads.Packages.Add("wp-plugin/*"));
                break;
            case Subject.Unbatched:
                Use(reporting, provider => new UnbatchedStore(database, provider.GetRequiredService<ProductCatalog>()));
                break;
            case Subject.OneTransactionARequest or Subject.OneTransactionInWal:
                Use(reporting, provider => new OneTransactionARequestStore(
                    database, provider.GetRequiredService<ProductCatalog>(), subject == Subject.OneTransactionInWal));
                break;
            default:
                Use(reporting, _ => new AcceptingStore());
                break;
        }

        WebApplication app = builder.Build();
        if (subject == Subject.Downloads)
        {
            app.MapPackageDownloads();
        }
        else if (subject == Subject.Empty)
        {
            app.MapPost("/report", static context =>
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            });
        }
        else
        {
            app.MapUsageReports("/report", Product);
        }

        if (subject is Subject.Durable or Subject.Duplicate)
        {
            app.MapUsageStatistics("/stats");
            app.MapUsageDashboard("/");
        }

        return app;
    }

    private static void Use(UsageReportingServerBuilder reporting, Func<IServiceProvider, IReportStore> store)
    {
        reporting.Services.Configure<UsageReportingServerOptions>(options => options.Engines.Add("the load program's own"));
        reporting.Services.AddSingleton(store);
    }
}
