using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using UsageReporting.Core.Recording;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Recording;

/// <summary>An application that counts what happens to its printers, in an installation that said yes unless told otherwise.</summary>
internal sealed class Printers : IDisposable
{
    public static readonly CountsField Events = UsageField.Counts(
        "events", "Events", "What is used.", ["app_start", "job_created", "job_failed"], 0, 1_000_000);

    public static readonly CountsField Kinds = UsageField.Counts(
        "kinds", "Kinds", "Which printers are used.", ["prusa", "bambu"], 0, 1_000_000) with { Level = UsageLevel.Full };

    private static int _meters;

    private readonly string _meter = $"Printers.{Interlocked.Increment(ref _meters)}";

    public Printers(string folder, int processId = 1, ManualTimeProvider? time = null, IUsageStateStore? store = null)
    {
        Meter = new Meter(_meter);
        Client = new TestClient(folder, Sink)
        {
            Time = time ?? new ManualTimeProvider(),
            Machine = { ProcessId = processId },
            Fields = [],
            Collect = _ => { },
            Configure = options => options.Consent = ConsentMode.OptIn,
            Add = builder =>
            {
                if (store is not null)
                {
                    builder.Services.AddSingleton(store);
                }

                builder.AddTallies(tallies => tallies.FromMeter(_meter).Add(Events).Add(Kinds, "printers", "kind"));
            },
        };
    }

    public ScriptedSink Sink { get; } = new();

    public TestClient Client { get; }

    public Meter Meter { get; }

    public UsageReporter Reporter => Client.Reporter;

    public Task FlushAsync() => Client.Services.GetRequiredService<TallyRecorder>().FlushAsync();

    public Task<bool> ChooseAsync(ConsentChoice choice, UsageLevel level = UsageLevel.Full) =>
        Reporter.SetConsentAsync(choice, level);

    public void Count(string word, int number = 1) => Reporter.Tallies.Of(Events, word).Add(number);

    /// <summary>The report without its id.</summary>
    public async Task<string> SendAsync()
    {
        int before = Sink.Deliveries.Count;
        await Client.ReportAsync(ConsentAnswer.Yes);
        return Sink.Deliveries.Count > before ? "{" + Sink.Reports.Last()[46..].TrimStart(',') : "nothing";
    }

    public void Dispose()
    {
        Client.Dispose();
        Meter.Dispose();
    }
}
