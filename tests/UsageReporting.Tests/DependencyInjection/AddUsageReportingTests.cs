using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using VerifyNUnit;

namespace UsageReporting.Tests.DependencyInjection;

public sealed class AddUsageReportingTests
{
    private static readonly FlagField Flag = UsageField.Flag("flag", "Flag", "Why.");

    [Test]
    public Task Options_Defaults_ArePinned() => Verifier.Verify(new UsageReportingOptions());

    [Test]
    public Task Resolve_EveryMistakeOfADeveloper_IsNamedAtOnce()
    {
        ServiceCollection services = new();
        services.AddUsageReporting("Paperless NGX", options =>
            {
                options.Consent = (ConsentMode)7;
                options.Identity = ReportIdentity.None;
                options.Operator = "two\nlines";
                options.Contact = "";
                options.Access.Add(new string('x', 301));
                options.Promise = "\u202Enothing";
                options.MoreInformation = new Uri("/privacy", UriKind.Relative);
                options.MaxBytes = 255;
                options.WindowDays = -1;
                options.DataDirectory = " ";
                options.SettingsFile = "analytics";
                options.AskWhen = () => true;
                options.Scope = (ConsentScope)7;
                options.Switches.Add("=0");
            })
            .AddFlag<IServiceProvider>("uuid", "Id", "Why.", _ => true)
            .AddFlag<IServiceProvider>("received", "Received", "Why.", _ => true)
            .AddFlag<IServiceProvider>("Flag", "Flag", "Why.", _ => true)
            .AddFlag<IServiceProvider>("flag", "Flag", "Why.", _ => true)
            .AddFlag<IServiceProvider>("flag", "", "", _ => true)
            .AddCollector([UsageField.Count("count", "Count", "Why.", 2, 1)], (_, _, _) => ValueTask.CompletedTask);
        using ServiceProvider provider = services.BuildServiceProvider();

        OptionsValidationException mistakes = Assert.Throws<OptionsValidationException>(
            () => provider.GetRequiredService<UsageReporter>())!;

        return Verifier.Verify(string.Join('\n', mistakes.Failures));
    }

    [Test]
    public async Task StartAsync_GenericHostWithAMistake_FailsThere()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddUsageReporting("app").AddCollector([Flag], (_, _, _) => ValueTask.CompletedTask);
        using IHost host = builder.Build();

        Assert.That(
            async () => await host.StartAsync(),
            Throws.TypeOf<OptionsValidationException>()
                .With.Message.EqualTo("sinks: there is none; add one, such as AddHttpSink."));
    }

    [Test]
    public async Task StartAsync_GenericHostWithABadEndpoint_FailsThere()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddUsageReporting("app")
            .AddCollector([Flag], (_, _, _) => ValueTask.CompletedTask)
            .AddHttpSink("https://stats.example.org/report")
            .AddHttpSink("http://stats.example.org/report");
        using IHost host = builder.Build();

        Assert.That(
            async () => await host.StartAsync(),
            Throws.TypeOf<OptionsValidationException>()
                .With.Message.EqualTo("endpoint: it must be https; http is spoken to this machine only."));
    }

    [Test]
    public async Task StartAsync_GenericHostThatIsRight_StartsAndTouchesNothing()
    {
        using TemporaryFolder folder = new();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddUsageReporting("app", options => options.DataDirectory = folder.Combine("state"))
            .AddCollector([Flag], (_, _, _) => ValueTask.CompletedTask)
            .AddHttpSink("https://stats.example.org/report");
        using IHost host = builder.Build();

        await host.StartAsync();
        UsageReporter reporter = host.Services.GetRequiredService<UsageReporter>();
        await host.StopAsync();

        Assert.That((await reporter.GetStatusAsync()).Destinations, Is.EqualTo(new[] { "https://stats.example.org/report" }));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public void AddUsageReporting_Twice_Throws()
    {
        ServiceCollection services = new();
        services.AddUsageReporting("app");

        Assert.That(
            () => services.AddUsageReporting("other"),
            Throws.InvalidOperationException
                .With.Message.EqualTo("AddUsageReporting was called before; one application reports as one product."));
    }

    [Test]
    public void AddUsageReporting_Null_IsTheCallersMistake()
    {
        Assert.That(() => ((IServiceCollection)null!).AddUsageReporting("app"), Throws.ArgumentNullException);
        Assert.That(() => new ServiceCollection().AddUsageReporting(null!), Throws.ArgumentNullException);
    }

    [Test]
    public async Task AddUsageReporting_HostAddsLoggingLater_IsHeard()
    {
        using CapturedLog log = new();
        ServiceCollection services = new();
        services.AddUsageReporting("app")
            .AddCollector([Flag], (_, _, _) => throw new InvalidOperationException());
        services.AddSingleton<IReportSink>(new ScriptedSink());
        services.AddLogging(logging => logging.AddProvider(log));
        await using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetRequiredService<ILogger<AddUsageReportingTests>>().Log(
            LogLevel.Information, default, "of the host", exception: null, (text, _) => text);

        await provider.GetRequiredService<UsageReporter>().ReportAsync(new ScriptedPrompt(ConsentAnswer.No));

        Assert.That(log.Lines, Has.Some.Contains("of the host").And.Some.StartsWith("Warning 1000"));
    }

    [Test]
    public async Task AddUsageReporting_HostWithoutLogging_Reports()
    {
        ServiceCollection services = new();
        services.AddUsageReporting("app")
            .AddCollector([Flag], (_, _, _) => throw new InvalidOperationException());
        services.AddSingleton<IReportSink>(new ScriptedSink());
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(
            await provider.GetRequiredService<UsageReporter>().ReportAsync(new ScriptedPrompt(ConsentAnswer.No)),
            Is.EqualTo(new ReportOutcome.Declined()));
    }

    [Test]
    public void Schema_Options_AreInItsHeader()
    {
        using TestClient client = new("state", new ScriptedSink())
        {
            Configure = options =>
            {
                options.Operator = "The project";
                options.Contact = "privacy@example.org";
                options.Access.Add("the maintainers");
                options.Promise = "Nothing personal.";
                options.MoreInformation = new Uri("https://example.org/");
                options.MaxBytes = 300;
                options.WindowDays = 30;
                options.Identity = new ReportIdentity { Name = "installation.id" };
            },
        };

        Assert.That(
            ReportSchema.Create(client.Reporter.Schema.Header, [Flag]).ToJson(),
            Is.EqualTo(ReportSchema.Create(
                new SchemaHeader
                {
                    Product = "paperless-ngx",
                    Operator = "The project",
                    Contact = "privacy@example.org",
                    Access = ["the maintainers"],
                    Promise = "Nothing personal.",
                    MoreInformation = new Uri("https://example.org/"),
                    MaxBytes = 300,
                    WindowDays = 30,
                    Identity = new ReportIdentity { Name = "installation.id" },
                },
                [Flag]).ToJson()));
    }

    [Test]
    public async Task Status_RelativeDataDirectory_CountsFromTheCurrentFolder()
    {
        using TestClient client = new("some/state", new ScriptedSink());

        Assert.That((await client.Reporter.GetStatusAsync()).Place, Is.EqualTo(Path.Combine(Environment.CurrentDirectory, "some", "state")));
    }

    [Test]
    public async Task Status_ProductsOwnSwitch_IsHeeded()
    {
        using TestClient client = new("state", new ScriptedSink()) { Configure = o => o.Switches.Add("PAPERLESS_QUIET") };
        client.Machine.Variables["PAPERLESS_QUIET"] = "1";

        Assert.That((await client.Reporter.GetStatusAsync()).Decision.Because, Is.EqualTo("PAPERLESS_QUIET is set"));
    }
}
