// A program after paperless-ngx: nothing is sent by itself. Whoever runs it says `usage send`, sees what would be sent,
// and is asked, each time.

using System.CommandLine;
using AskEachTime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UsageReporting;

Option<string> endpoint = new("--endpoint")
{
    Description = "Where reports are sent.",
    DefaultValueFactory = _ => "https://stats.example.org/report",
    Recursive = true,
};
Option<string?> dataDirectory = new("--data-directory")
{
    Description = "Where the installation's id is kept.",
    Recursive = true,
};
RootCommand root = new("A document archive that reports its usage only when asked to.") { endpoint, dataDirectory };
root.Add(UsageCommand.Create(Build));
return await UsageCommandLine.RunAsync(root, args);

UsageReporter Build(ParseResult parsed)
{
    PaperlessSettings paperless = PaperlessSettings.Read();
    HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
    builder.Services.AddSingleton(paperless);
    builder.Services.AddUsageReporting("paperless-ngx", usage =>
        {
            usage.Consent = ConsentMode.AskEachTime;
            usage.Operator = "paperless-ngx";
            usage.Promise = "No personal data, document content, or IP address is stored.";
            usage.MoreInformation = new Uri("https://docs.paperless-ngx.com/usage-reporting/");
            usage.DataDirectory = parsed.GetValue(dataDirectory);
        })
        .AddEnvironmentCollector(environment =>
        {
            environment.Version = paperless.Version;
            environment.Channel = paperless.Channel;
            environment.Commit = paperless.Commit;
            environment.BuildDate = paperless.BuildDate;
        })
        .AddInstallTypeCollector(
            "debian", "ubuntu", "fedora", "rpm", "arch", "aur", "alpine", "gentoo", "freebsd", "openbsd", "homebrew",
            "macports", "unraid", "truenas", "synology", "yunohost")
        .AddPlatformCollector()
        .AddCollector<SoftwareCollector>()
        .AddCollector<DocumentCollector>()
        .AddFlag<PaperlessSettings>(
            "feature_mail", "Mail enabled", "Whether any mail account is configured.", settings => settings.MailAccounts > 0)
        .AddFlag<PaperlessSettings>(
            "feature_ai", "AI enabled", "Whether AI features are switched on.", settings => settings.AiEnabled)
        .AddHttpSink(parsed.GetValue(endpoint)!);
    return builder.Build().Services.GetRequiredService<UsageReporter>();
}
