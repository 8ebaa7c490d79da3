using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace UsageReporting.EndToEndTests.Downloads;

/// <summary>A repository of two packages on a real socket: version 5.0 of a plugin and v4.0 of a theme.</summary>
internal sealed class PackageRepository : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PackageRepository(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Starts it.</summary>
    /// <param name="notifyBatch">Where Composer is to say what it has installed.</param>
    public static async Task<PackageRepository> StartAsync(string notifyBatch)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.MapGet("/packages.json", () => TypedResults.Text(
            $$"""
            {
              "notify-batch": "{{notifyBatch}}",
              "packages": {
                "wp-plugin/akismet": { "5.0": {{Package(app, "wp-plugin/akismet", "5.0")}} },
                "wp-theme/astra": { "v4.0": {{Package(app, "wp-theme/astra", "v4.0")}} }
              }
            }
            """,
            "application/json"));
        app.MapGet("/dist/{vendor}/{name}.zip", (string vendor, string name) =>
            TypedResults.Bytes(Zip($$"""{"name":"{{vendor}}/{{name}}"}"""), "application/zip"));
        await app.StartAsync();
        return new PackageRepository(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static string Package(WebApplication app, string name, string version) =>
        $$"""
        { "name": "{{name}}", "version": "{{version}}", "dist": { "type": "zip", "url": "{{app.Urls.Single()}}/dist/{{name}}.zip" } }
        """;

    private static byte[] Zip(string composerJson)
    {
        using MemoryStream zipped = new();
        using (ZipArchive archive = new(zipped, ZipArchiveMode.Create))
        using (StreamWriter file = new(archive.CreateEntry("package/composer.json").Open()))
        {
            file.Write(composerJson);
        }

        return zipped.ToArray();
    }
}
