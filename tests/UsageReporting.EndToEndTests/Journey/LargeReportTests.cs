using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Journey;

/// <summary>A report that is compressed on its way: what was shown is what is stored.</summary>
[TestFixture]
internal sealed class LargeReportTests
{
    private static readonly VersionsField Plugins = UsageField.Versions(
        "plugins", "Plugins", "Which versions of plugins are in use.", [.. Enumerable.Range(0, 400).Select(number => $"plugin-{number}")]);

    [Test]
    public async Task ReportAsync_LargeReport_TravelsCompressedAndArrivesAsShown()
    {
        using TemporaryFolder folder = new();
        Uri? endpoint = null;
        ServiceCollection services = new();
        services.AddUsageReporting("library", usage =>
            {
                usage.DataDirectory = folder.Combine("state");
                usage.MaxBytes = 16_384;
            })
            .AddCollector([Plugins], (_, values, _) =>
            {
                values.Set(Plugins, Enumerable.Range(0, 400).ToDictionary(number => $"plugin-{number}", number => $"1.{number}.0"));
                return ValueTask.CompletedTask;
            })
            .AddHttpSink(sink => sink.Endpoint = endpoint);
        await using ServiceProvider application = services.BuildServiceProvider();
        string schemaFile = folder.Combine("schema.json");
        await File.WriteAllBytesAsync(schemaFile, application.GetRequiredService<ReportSchema>().ToJson());

        List<(string Coding, byte[] Body)> arrived = [];
        await using WebApplication server = Server(schemaFile, folder.Combine("usage.db"), arrived);
        await server.StartAsync();
        endpoint = new Uri($"{server.Urls.Single()}/report");
        byte[] shown = [];

        ReportOutcome outcome = await application.GetRequiredService<UsageReporter>()
            .ReportAsync(new Agreement(report => shown = report));

        Assert.That(outcome, Is.EqualTo(new ReportOutcome.Sent()));
        (string coding, byte[] body) = arrived.Single();
        using GZipStream gzip = new(new MemoryStream(body), CompressionMode.Decompress);
        using MemoryStream report = new();
        await gzip.CopyToAsync(report);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(coding, Is.EqualTo("gzip"));
            Assert.That(shown, Has.Length.GreaterThan(8_192));
            Assert.That(body, Has.Length.LessThan(shown.Length / 2));
            Assert.That(report.ToArray(), Is.EqualTo(shown));
            Assert.That(StoredReports.Query(folder.Combine("usage.db"), "SELECT * FROM report_values"), Has.Count.EqualTo(400));
        }
    }

    private static WebApplication Server(string schemaFile, string database, List<(string Coding, byte[] Body)> arrived)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddUsageReportingServer().AddProduct("library", schemaFile).UseSqlite(database);
        WebApplication app = builder.Build();
        app.Use(async (context, next) =>
        {
            context.Request.EnableBuffering();
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body);
            arrived.Add((context.Request.Headers.ContentEncoding.ToString(), body.ToArray()));
            context.Request.Body.Position = 0;
            await next(context);
        });
        app.MapUsageReports("/report", "library");
        return app;
    }

    /// <summary>Says yes to what it passes on.</summary>
    private sealed class Agreement(Action<byte[]> seen) : IConsentPrompt
    {
        public ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken)
        {
            seen(preview.Report.ToArray());
            return ValueTask.FromResult(ConsentAnswer.Yes);
        }
    }
}
