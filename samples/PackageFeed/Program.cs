// A small repository for Composer that counts what is installed from it: packages.json names this server as the place to
// notify, and a page shows the counters beside what WordPress.org counts.

using PackageFeed;
using UsageReporting.Server;

WebApplicationBuilder builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
string database = Path.Combine(Directory.CreateDirectory(builder.Configuration["DataDirectory"]!).FullName, "installs.db");
FeedCatalog catalog = new(builder.Configuration.GetSection("Packages").Get<FeedPackage[]>() ?? []);

builder.WebHost.ConfigureUsageReportingKestrel();
builder.Services.AddSingleton(catalog).AddSingleton<IPackageCatalog>(catalog);
builder.Services.AddUsageReportingServer().AddDownloads().UseSqlite(database);

await using WebApplication app = builder.Build();
app.MapGet("/", FeedPage.ShowAsync);
app.MapGet("/packages.json", Repository.Packages);
app.MapGet("/dist/{vendor}/{name}.zip", Repository.Zip);
app.MapPackageDownloads();
app.MapPackages();

await app.StartAsync();
Console.WriteLine($"The feed is at {app.Urls.First()}, its counters in {database}.");
await app.WaitForShutdownAsync();
