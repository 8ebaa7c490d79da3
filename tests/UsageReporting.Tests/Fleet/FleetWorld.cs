using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using ScheduledWebApp;
using UsageReporting.Core.Machine;
using UsageReporting.Core.Recording;
using UsageReporting.Server;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Fleet;

/// <summary>
/// One installation of the sample, its server, and the network between them, in one time. The applications are hosts as the
/// sample builds them, one after the other on one folder; the server is a host of its own on SQLite.
/// </summary>
internal sealed class FleetWorld : IAsyncDisposable
{
    private const string Key = "key-of-the-product";

    private static readonly TimeSpan FirstCheck = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly FleetClock _clock;
    private readonly int _interval;
    private readonly WebApplication _server;
    private readonly Random _random = new(20_260_518);
    private WebApplication? _application;
    private bool _isCounting;
    private long _counted;
    private long _certain;

    // When the application has run for another hour.
    private DateTimeOffset _hourIsOver;

    private FleetWorld(int interval)
    {
        _interval = interval;
        _clock = new FleetClock(_time);
        _server = BuildServer();
    }

    public FleetNetwork Network { get; private set; } = null!;

    /// <summary>What the hosts have logged.</summary>
    public CapturedLog Log { get; } = new();

    /// <summary>How many hours the application ran while it counted.</summary>
    public int HoursCounted { get; private set; }

    /// <summary>Whether nothing is printed any more.</summary>
    public bool IsIdle { get; set; }

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Jobs that are in a report for certain, or will be: all but those that went with a no.</summary>
    public long JobsExpected => _certain + _counted;

    private UsageReporter Reporter => _application!.Services.GetRequiredService<UsageReporter>();

    private TallyRecorder Recorder => _application!.Services.GetRequiredService<TallyRecorder>();

    public static async Task<FleetWorld> StartAsync(int interval)
    {
        FleetWorld world = new(interval);
        await world._server.StartAsync();
        world.Network = new FleetNetwork(new Uri(world._server.Urls.Single()), world._time);
        await world.StartApplicationAsync();
        return world;
    }

    /// <summary>Somebody says yes.</summary>
    public async Task SayYesAsync()
    {
        Assert.That(await Reporter.SetConsentAsync(ConsentChoice.Yes), Is.True);
        _isCounting = true;
    }

    /// <summary>Somebody says no: what was counted and is in no report is forgotten.</summary>
    public async Task SayNoAsync()
    {
        Assert.That(await Reporter.SetConsentAsync(ConsentChoice.No), Is.True);
        long accepted = Number("SELECT coalesce(sum(usage_stats_job_count), 0) FROM reports_printernizer");
        Assert.That(accepted, Is.InRange(_certain, JobsExpected), "nothing is in two reports");
        _isCounting = false;
        _certain = accepted;
        _counted = 0;
    }

    /// <summary>The application ends, and starts again.</summary>
    public async Task RestartAsync()
    {
        await EndApplicationAsync();
        await StartApplicationAsync();
    }

    /// <summary>Somebody sets the clock of the application's machine.</summary>
    public void SetClock(int yearsAhead) => _clock.Ahead = _time.GetUtcNow().AddYears(yearsAhead) - _time.GetUtcNow();

    /// <summary>Days pass.</summary>
    public async Task DaysAsync(int days)
    {
        for (int i = 0; i < days * 24; i++)
        {
            await HourAsync();
        }
    }

    public long Number(string sql) => long.Parse(Query(sql).Single(), CultureInfo.InvariantCulture);

    public IReadOnlyList<string> Query(string sql)
    {
        using SqliteConnection connection = new($"Data Source={_folder.Combine("server", "usage.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await EndApplicationAsync();
        await Network.DisposeAsync();
        await _server.StopAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task HourAsync()
    {
        PrinterFleet fleet = _application!.Services.GetRequiredService<PrinterFleet>();
        for (int jobs = IsIdle ? 0 : _random.Next(3); jobs > 0; jobs--)
        {
            string printer = fleet.Printers[_random.Next(fleet.Printers.Count)].Name;
            Assert.That(fleet.TryPrint(printer, "part.gcode") && fleet.TryFinish(printer), Is.True);
            _counted += _isCounting ? 1 : 0;
        }

        // What was counted is written before time passes, so that the time that writing may take does not pass meanwhile.
        await Recorder.FlushAsync();
        DateTimeOffset check = Now + Hour;
        for (; _hourIsOver <= check; _hourIsOver += Hour)
        {
            await PassToTheEndOfAnHourAsync();
        }

        _time.Advance(check - Now);
        await _clock.UntilWaitingForAsync(Hour);
    }

    // While a run waits between its attempts one may end by the way.
    private async Task PassToTheEndOfAnHourAsync()
    {
        bool isLater = _hourIsOver > Now;
        long hours = await HoursKeptAsync();
        if (isLater)
        {
            _time.Advance(_hourIsOver - Now);
        }

        if (_isCounting)
        {
            HoursCounted++;
            Assert.That(HoursKeptAsync, Is.GreaterThan(isLater ? hours : -1).After(20_000, 1), "an hour is over");
        }
    }

    // What no report has carried yet.
    private async Task<long> HoursKeptAsync()
    {
        await Recorder.FlushAsync();
        return (await _application!.Services.GetRequiredService<TallyStore>().ReadAsync())
            .SelectMany(kept => kept.Document.Counts.All).Where(tally => tally.Field == FleetUsage.Hours.Name).Sum(tally => tally.Number);
    }

    private async Task StartApplicationAsync()
    {
        _application = FleetApplication.Build(
            [
                "--Urls=http://127.0.0.1:0", $"--Endpoint={Network.Endpoint}", $"--ApiKey={Key}", $"--IntervalDays={_interval}",
                $"--DataDirectory={_folder.Combine("state")}", "--SimulateEverySeconds=0",
            ],
            services => services
                .AddSingleton<TimeProvider>(_clock)
                .AddSingleton<IMachine>(new FakeMachine())
                .AddLogging(logging => logging.ClearProviders().AddProvider(Log)));
        await _application.StartAsync();
        await _clock.UntilWaitingForAsync(FirstCheck, Hour);
        _hourIsOver = Now + Hour;
        await Recorder.FlushAsync();
        _time.Advance(FirstCheck);
        await _clock.UntilWaitingForAsync(Hour);
    }

    private async Task EndApplicationAsync()
    {
        await _application!.StopAsync();
        await _application.DisposeAsync();
    }

    private WebApplication BuildServer()
    {
        Directory.CreateDirectory(_folder.Combine("server"));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureUsageReportingKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(new ServerClock(_time));
        builder.Services.AddUsageReportingServer()
            .AddProduct(
                "printernizer",
                RepositoryRoot.Combine("samples", "ReferenceServer", "schemas", "printernizer.json"),
                product =>
                {
                    product.AnswerStyle = UsageAnswerStyle.Submission;
                    product.ApiKey = Key;
                    product.ReportsPerHour = 10;
                })
            .UseSqlite(_folder.Combine("server", "usage.db"));
        WebApplication app = builder.Build();
        app.MapUsageReports("/submit", "printernizer");
        return app;
    }

    /// <summary>The true time, without the server's jobs running once for each of its minutes.</summary>
    private sealed class ServerClock(ManualTimeProvider time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();
    }
}
