using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace UsageReporting.BrowserTests;

/// <summary>A web application in this process whose people choose how much they report, on a machine of its own.</summary>
internal sealed class LevelsApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ReportingRehearsal _reporting;

    private LevelsApp(WebApplication app, ReportingRehearsal reporting)
    {
        _app = app;
        _reporting = reporting;
    }

    public Uri Card => new($"{_app.Urls.Single()}/usage/card");

    public UsageReporter Reporter => _reporting.Reporter;

    /// <summary>Kept back until the test lets it go; null where answers are not.</summary>
    public Func<HttpRequest, Task>? Before { get; set; }

    public static async Task<LevelsApp> StartAsync()
    {
        FlagField[] fields =
        [
            UsageField.Flag("first", "First", "Why."),
            UsageField.Flag("second", "Second", "Why.") with { Level = UsageLevel.Middle },
            UsageField.Flag("third", "Third", "Why.") with { Level = UsageLevel.Full },
        ];
        ReportingRehearsal reporting = new("levels", usage =>
        {
            usage.Services.Configure<UsageReportingOptions>(options => options.Consent = ConsentMode.OptIn);
            usage.AddCollector(fields, (_, values, _) =>
            {
                Array.ForEach(fields, field => values.Set(field, true));
                return ValueTask.CompletedTask;
            });
        });
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(reporting.Reporter);
        LevelsApp? levels = null;
        WebApplication app = builder.Build();
        app.Use(async (context, next) =>
        {
            await (levels?.Before?.Invoke(context.Request) ?? Task.CompletedTask);
            await next();
        });
        app.MapUsageReporting("/usage");
        levels = new LevelsApp(app, reporting);
        await app.StartAsync();
        return levels;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _reporting.DisposeAsync();
    }
}
