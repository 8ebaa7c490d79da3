using UsageReporting;

namespace ScheduledWebApp;

/// <summary>Puts the application together.</summary>
internal static class FleetApplication
{
    /// <param name="args">Settings as <c>--Name=value</c>.</param>
    /// <param name="services">Services that come before the application's own: a test's clock.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? services = null)
    {
        // The settings lie beside the program, from wherever it is started.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        services?.Invoke(builder.Services);
        FleetSettings settings = builder.Configuration.Get<FleetSettings>()!;
        builder.Services.AddSingleton(settings).AddSingleton<PrinterFleet>();
        AddReporting(builder.Services, settings);
        builder.Services.AddHostedService<UptimeCounter>().AddHostedService<FleetSimulation>();

        WebApplication app = builder.Build();
        app.MapGet("/", FleetPage.ShowAsync);
        app.MapGet("/api/v1/printers", (PrinterFleet fleet) => fleet.Printers);
        // Whoever reaches the page decides here. A real application adds RequireAuthorization().
        app.MapUsageReporting("/api/v1/usage-stats");
        return app;
    }

    private static void AddReporting(IServiceCollection services, FleetSettings settings) => services
        .AddUsageReporting("printernizer", usage =>
        {
            usage.Consent = ConsentMode.OptIn;
            usage.Operator = "Printernizer";
            usage.Contact = "privacy@printernizer.com";
            usage.Access.Add("the maintainers of Printernizer");
            usage.Promise = "No printer names, serial numbers, file names or addresses are stored.";
            usage.MoreInformation = new Uri("https://printernizer.com/docs/usage-statistics-privacy/");
            usage.Identity = new ReportIdentity
            {
                Name = "installation.installation_id",
                Purpose = "A random number, drawn for this purpose only, so that an installation is counted once and can be erased.",
            };
            usage.DataDirectory = settings.DataDirectory;
        })
        .AddCollector<InstallationCollector>()
        .AddCountryCollector("installation.country_code")
        .AddCollector<PeriodCollector>()
        .AddCollector<FleetCollector>()
        .AddTallies(tallies => tallies
            .Add(FleetUsage.Jobs, PrinterFleet.JobsCounter)
            .Add(FleetUsage.Files, PrinterFleet.FilesCounter)
            .Add(FleetUsage.Uploads, PrinterFleet.UploadsCounter)
            .Add(FleetUsage.Hours)
            .Add(FleetUsage.Errors)
            .FromMeter(PrinterFleet.MeterName))
        .AddFlag(
            "usage_stats.feature_usage.library_enabled", "Library enabled", "Whether the file library is used.", "Features:Library")
        .AddFlag(
            "usage_stats.feature_usage.timelapse_enabled", "Timelapse enabled", "Whether timelapse videos are made.",
            "Features:Timelapse")
        .AddFlag(
            "usage_stats.feature_usage.auto_job_creation_enabled", "Automatic jobs enabled", "Whether jobs are made automatically.",
            "Features:AutomaticJobs")
        .AddIdentityFields(IdentityFields.ErasureKey() with { Publish = false })
        .UseSchedule(schedule => schedule.IntervalDays = settings.IntervalDays)
        .AddHttpSink(sink =>
        {
            sink.Endpoint = Uri.TryCreate(settings.Endpoint, UriKind.Absolute, out Uri? address) ? address : null;
            sink.ApiKey = settings.ApiKey;
        });
}
