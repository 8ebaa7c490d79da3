using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UsageReporting.Core.Machine;

namespace UsageReporting.Tests.Clients;

/// <summary>
/// One process with a client in it, put together as a host does it: real files in a folder that the test owns, and the
/// test's machine, clock, log and sinks. It reports what document 000's application reports, unless told otherwise.
/// </summary>
internal sealed class TestClient : IDisposable
{
    private readonly Lazy<ServiceProvider> _services;

    public TestClient(string dataDirectory, params IEnumerable<IReportSink> sinks)
    {
        DataDirectory = dataDirectory;
        _services = new Lazy<ServiceProvider>(() => Build(sinks));
    }

    public string DataDirectory { get; }

    /// <summary>Whether the host names the folder; otherwise it is where the user's own state is.</summary>
    public bool NamesFolder { get; init; } = true;

    public FakeMachine Machine { get; } = new();

    public ManualTimeProvider Time { get; init; } = new();

    public CapturedLog Log { get; } = new();

    /// <summary>What the application reports.</summary>
    public IReadOnlyList<UsageField> Fields { get; init; } = Paperless.Schema.Fields;

    /// <summary>Fills the fields.</summary>
    public Action<UsageValues> Collect { get; init; } = Paperless.Fill;

    public Action<UsageReportingOptions> Configure { get; init; } = Paperless.Configure;

    /// <summary>What else the host says.</summary>
    public Action<UsageReportingBuilder> Add { get; init; } = _ => { };

    public IServiceProvider Services => _services.Value;

    public UsageReporter Reporter => Services.GetRequiredService<UsageReporter>();

    public string IdFile => Path.Combine(DataDirectory, "usage_uuid");

    public string FrozenFile => Path.Combine(DataDirectory, "frozen_report.json");

    public string HistoryFile => Path.Combine(DataDirectory, "history.jsonl");

    public Task<ReportOutcome> ReportAsync(ConsentAnswer answer, CancellationToken cancellationToken = default) =>
        Reporter.ReportAsync(new ScriptedPrompt(answer), cancellationToken);

    public void Dispose()
    {
        if (_services.IsValueCreated)
        {
            _services.Value.Dispose();
        }
    }

    private ServiceProvider Build(IEnumerable<IReportSink> sinks)
    {
        ServiceCollection services = new();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        Machine.Variables.TryAdd("XDG_STATE_HOME", Path.GetDirectoryName(DataDirectory)!);
        services.AddSingleton<IMachine>(Machine);
        services.AddSingleton<TimeProvider>(Time);
        UsageReportingBuilder builder = services.AddUsageReporting("paperless-ngx", options =>
            {
                Configure(options);
                options.DataDirectory ??= NamesFolder ? DataDirectory : null;
            })
            .AddCollector(Fields, (_, values, _) =>
            {
                Collect(values);
                return ValueTask.CompletedTask;
            });
        Add(builder);
        foreach (IReportSink sink in sinks)
        {
            services.AddSingleton(sink);
        }

        return services.BuildServiceProvider(validateScopes: true);
    }
}
