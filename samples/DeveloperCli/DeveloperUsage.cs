using Microsoft.Extensions.DependencyInjection;
using UsageReporting;

namespace DeveloperCli;

/// <summary>What the tool reports about its usage, to whom, and how it is switched off.</summary>
internal static class DeveloperUsage
{
    private const string Version = "1.4.0";

    // `~/.config/developer-cli/analytics`, or where such files are on other systems. The tool never writes it.
    private static string SettingsFile => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "developer-cli",
        "analytics");

    /// <param name="endpoint">Where reports are sent.</param>
    /// <param name="dataDirectory">Where the choice and the id are kept, unless where such things usually are.</param>
    /// <param name="command">The command that is run; null where a person only looks at the reporting.</param>
    public static UsageReporter Create(string endpoint, string? dataDirectory, string? command) => UsageReporter.Create(
        "developer-cli",
        builder => builder
            .Configure(usage =>
            {
                usage.Consent = ConsentMode.OptOut;
                usage.Operator = "the developers of developer-cli";
                usage.Contact = "privacy@example.org";
                usage.Access.Add("the board");
                usage.Access.Add("the infrastructure team");
                usage.Promise = "No argument of a command, no name and no address is collected.";
                usage.MoreInformation = new Uri("https://docs.example.org/developer-cli/usage/");
                usage.Pairs.Add(new FieldPair("version", "os"));
                usage.Switches.Add("DEVELOPER_CLI_NO_ANALYTICS");
                usage.SettingsFile = Path.IsPathFullyQualified(SettingsFile) ? SettingsFile : null;
                usage.DataDirectory = dataDirectory;
                usage.Text = name => name == "NoticeOff" ? "To switch it off: developer-cli usage off, {0}." : null;
            })
            .AddCollector(CommandCollector.Fields, (_, values, _) => CommandCollector.Fill(values, command))
            .AddEnvironmentCollector(environment =>
            {
                environment.Version = Version;
                environment.Channel = "stable";
                environment.Commit = null;
                environment.BuildDate = null;
            })
            .AddRuntimeCollector()
            .AddOperatingSystemCollector()
            .AddPlatformCollector()
            .AddHttpSink(sink =>
            {
                sink.Endpoint = Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) ? address : null;
                sink.UserAgentVersion = Version;
            }));
}
