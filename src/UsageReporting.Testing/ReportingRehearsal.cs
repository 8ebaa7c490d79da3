using Microsoft.Extensions.DependencyInjection;
using UsageReporting.Core.Machine;
using UsageReporting.Testing;

namespace UsageReporting;

/// <summary>
/// An application's reporting as a test sees it: its own collectors and options, with a sink that collects, a clock that is
/// driven, a state in memory, and an environment that holds what the test puts there, so that a build server is not
/// noticed.
/// </summary>
public sealed class ReportingRehearsal : IAsyncDisposable
{
    private readonly string _product;
    private readonly Action<UsageReportingBuilder> _configure;
    private readonly RehearsedMachine _machine = new();

    /// <summary>Sets the first run of the application up.</summary>
    /// <param name="product">The product's name.</param>
    /// <param name="configure">What the application says to <c>AddUsageReporting</c>, without its sinks.</param>
    public ReportingRehearsal(string product, Action<UsageReportingBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _product = product;
        _configure = configure;
        Reporter = Create();
    }

    /// <summary>The application's reporter in this run.</summary>
    public UsageReporter Reporter { get; private set; }

    /// <summary>The person who uses the application.</summary>
    public ScriptedPerson Person { get; } = new();

    /// <summary>Where reports go.</summary>
    public CollectingSink Sink { get; } = new();

    /// <summary>The clock.</summary>
    public ManualTimeProvider Time { get; } = new();

    /// <summary>What lasts from run to run.</summary>
    public RehearsedState State { get; } = new();

    /// <summary>The environment variables, and no others.</summary>
    public IDictionary<string, string> Variables => _machine.Variables;

    /// <summary>Ends this run and begins the next.</summary>
    public async Task RestartAsync()
    {
        await Reporter.DisposeAsync().ConfigureAwait(false);
        Reporter = Create();
    }

    /// <summary>One run of a short program, from its beginning to its end.</summary>
    /// <returns>What became of a report that was shown in it, or null.</returns>
    public async Task<ReportOutcome?> RunAsync()
    {
        UsageRun run = await Reporter.BeginRunAsync(Person).ConfigureAwait(false);
        // A real program does not wait for it; a test does not want to guess.
        await run.Work.ConfigureAwait(false);
        await run.DisposeAsync().ConfigureAwait(false);
        await RestartAsync().ConfigureAwait(false);
        return run.Outcome;
    }

    /// <summary>Nothing is kept, as on a machine where the application never ran.</summary>
    public ReportingRehearsal WithNothing()
    {
        State.Documents.Clear();
        return this;
    }

    /// <summary>The person said yes, today.</summary>
    /// <param name="level">Up to which level.</param>
    public async Task<ReportingRehearsal> WithYesAsync(UsageLevel level = UsageLevel.Full)
    {
        await WithNothing().Reporter.SetConsentAsync(ConsentChoice.Yes, level).ConfigureAwait(false);
        return this;
    }

    /// <summary>The person said yes for a month that is over.</summary>
    public async Task<ReportingRehearsal> WithYesThatEndedAsync()
    {
        await WithNothing().Reporter.SetConsentAsync(ConsentChoice.Yes, lasting: TimeSpan.FromDays(30)).ConfigureAwait(false);
        Time.Advance(TimeSpan.FromDays(30));
        return this;
    }

    /// <summary>The person said yes, and that was damaged since.</summary>
    public async Task<ReportingRehearsal> WithDamagedYesAsync()
    {
        await WithYesAsync().ConfigureAwait(false);
        foreach ((string name, string text) in State.Documents.ToArray())
        {
            State.Documents[name] = text[..(text.Length / 2)];
        }

        return this;
    }

    /// <summary>The person said no.</summary>
    public async Task<ReportingRehearsal> WithNoAsync()
    {
        await WithNothing().Reporter.SetConsentAsync(ConsentChoice.No).ConfigureAwait(false);
        return this;
    }

    /// <summary>The person keeps it here.</summary>
    public async Task<ReportingRehearsal> WithLocalAsync()
    {
        await WithNothing().Reporter.SetConsentAsync(ConsentChoice.Local).ConfigureAwait(false);
        return this;
    }

    /// <summary>The person has seen the notice of an application that reports by default, in an earlier run.</summary>
    public async Task<ReportingRehearsal> WithNoticeSeenAsync()
    {
        UsageRun run = await WithNothing().Reporter.BeginRunAsync(new ScriptedPerson()).ConfigureAwait(false);
        await run.DisposeAsync().ConfigureAwait(false);
        await RestartAsync().ConfigureAwait(false);
        return this;
    }

    /// <summary>Ends the run.</summary>
    public ValueTask DisposeAsync() => Reporter.DisposeAsync();

    private UsageReporter Create() => UsageReporter.Create(
        _product,
        builder =>
        {
            builder.Services.AddSingleton<IMachine>(_machine);
            builder.Services.AddSingleton<TimeProvider>(Time);
            builder.Services.AddSingleton<IReportSink>(Sink);
            _configure(builder.UseStateStore(_ => State));
        },
        static services => services.BuildServiceProvider());
}
