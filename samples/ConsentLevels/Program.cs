// A program after napari's NAP-8: people choose how much they report, basic, middle or full, and for how long. The id is
// another one in each week, so that a week can be counted and nobody be followed.

using System.CommandLine;
using ConsentLevels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UsageReporting;

Option<string> endpoint = new("--endpoint")
{
    Description = "Where reports are sent; each level has an address of its own below it.",
    DefaultValueFactory = _ => "https://telemetry.example.org/napari/report",
    Recursive = true,
};
Option<string?> dataDirectory = new("--data-directory")
{
    Description = "Where the answer, and after a yes the secret that ids are made of, are kept.",
    Recursive = true,
};
RootCommand root = new("An image viewer whose people choose how much it reports.") { endpoint, dataDirectory };
root.Add(UsageCommand.Create(Build));
return await UsageCommandLine.RunAsync(root, args);

UsageReporter Build(ParseResult parsed)
{
    HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
    builder.Services.AddSingleton(NapariSettings.Read());
    UsageReportingBuilder reporting = builder.Services.AddUsageReporting("napari", usage =>
        {
            usage.Consent = ConsentMode.OptIn;
            usage.Operator = "The napari project";
            usage.Contact = "privacy@napari.org";
            usage.Access.Add("napari core developers");
            usage.Access.Add("the steering council");
            usage.Promise = "No file names, images or addresses are stored.";
            usage.MoreInformation = new Uri("https://napari.org/stable/naps/8-telemetry.html");
            usage.MaxBytes = 16_384;
            usage.Identity = new ReportIdentity
            {
                Kind = IdentityKind.Rotating,
                Name = "identifier",
                Label = "Weekly ID",
                Purpose = "A number that is a different one each week, so that an installation is "
                    + "counted once a week and cannot be followed.",
            };
            usage.DataDirectory = parsed.GetValue(dataDirectory);
            usage.Switches.Add("NAPARI_TELEMETRY=0");
        })
        .AddIdentityFields(
            IdentityFields.Period(RotationPeriod.Week, "Week", "Which week this report counts for.") with { Required = true },
            IdentityFields.FirstReport())
        .AddCollector<SystemCollector>()
        .AddPluginCollector<NapariSettings>(
            UsageField.Versions(
                "plugins", "Plugins", "Which public plugins need attention before a release.", NapariSettings.PublicPlugins())
                with { Level = UsageLevel.Middle },
            settings => settings.Plugins)
        .AddCollector<ViewerCollector>()
        .AddIdentityFields(IdentityFields.ErasureKey() with { Required = true, Publish = false });
    foreach (UsageLevel level in (UsageLevel[])[UsageLevel.Basic, UsageLevel.Middle, UsageLevel.Full])
    {
        // An address of its own for each level, so that whoever runs the network can close it for that one.
        reporting.AddHttpSink(sink =>
        {
            sink.Endpoint = Uri.TryCreate(
                $"{parsed.GetValue(endpoint)}/{level.ToString().ToLowerInvariant()}", UriKind.Absolute, out Uri? address) ? address : null;
            sink.Level = level;
        });
    }

    return builder.Build().Services.GetRequiredService<UsageReporter>();
}
