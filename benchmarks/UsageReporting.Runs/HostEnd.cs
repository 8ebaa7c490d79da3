using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace UsageReporting.Runs;

/// <summary>
/// A host that is stopped while it reports, in a process of its own. It says how many milliseconds its end took, and how many
/// exceptions nobody saw.
/// </summary>
internal static class HostEnd
{
    public static async Task<int> RunAsync(string endpoint, string folder, bool reports)
    {
        int unobserved = 0;
        TaskScheduler.UnobservedTaskException += (_, _) => Interlocked.Increment(ref unobserved);
        double milliseconds = await EndAsync(endpoint, folder, reports);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ended {milliseconds:F1}"));

        // Twice: what the first finds is told of by finalizers, whose own remains are found by the second.
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"unobserved {unobserved}"));
        return 0;
    }

    private static async Task<double> EndAsync(string endpoint, string folder, bool reports)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services
            .AddUsageReporting("host-end", usage => (usage.Consent, usage.DataDirectory) = (ConsentMode.OptIn, folder))
            .AddPlatformCollector()
            .AddHttpSink(endpoint)
            .UseSchedule();
        builder.Services.AddSingleton<ReportingNow>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ReportingNow>());
        IHost host = builder.Build();
        await host.Services.GetRequiredService<UsageReporter>()
            .SetConsentAsync(reports ? ConsentChoice.Yes : ConsentChoice.No);
        await host.StartAsync();
        Task reporting = host.Services.GetRequiredService<ReportingNow>().ExecuteTask!;
        while (!reporting.IsCompleted && !IsBegun(folder))
        {
            await Task.Delay(5);
        }

        long start = Stopwatch.GetTimestamp();
        await host.StopAsync();
        host.Dispose();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    // Noted before the first byte leaves.
    private static bool IsBegun(string folder)
    {
        string frozen = Path.Combine(folder, "frozen_report.json");
        try
        {
            return File.Exists(frozen) && File.ReadAllText(frozen).Contains("\"begun\":[\"", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
