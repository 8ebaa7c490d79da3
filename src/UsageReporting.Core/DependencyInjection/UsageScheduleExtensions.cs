using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using UsageReporting;
using UsageReporting.Core;
using UsageReporting.Core.Reporting;
using UsageReporting.Core.State;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Has a host that runs for long report by itself.</summary>
public static class UsageScheduleExtensions
{
    /// <summary>
    /// Has the host report when a report is due, as long as a person's yes lasts: it looks five minutes after its start, then
    /// every hour. The first is due at an hour of the week of the installation's own, the next after the interval or the
    /// server's window, whichever is longer. <see cref="UsageSchedule"/> can be asked for from the host's services.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says how often.</param>
    public static UsageReportingBuilder UseSchedule(
        this UsageReportingBuilder builder, Action<UsageScheduleOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptionsWithValidateOnStart<UsageScheduleOptions>()
            .Configure(configure ?? (static _ => { }))
            .PostConfigure<OperatorSettings>(static (options, settings) =>
            {
                options.IntervalDays = settings.IntervalDays ?? options.IntervalDays;
                options.RetryCount = settings.RetryCount ?? options.RetryCount;
            })
            .Validate(
                static options => options.IntervalDays is >= 1 and <= ClientLimits.MostIntervalDays,
                "intervalDays: must be between 1 and 30.")
            .Validate(
                static options => options.RetryCount is >= 0 and <= ClientLimits.MostRetries,
                "retryCount: must be between 0 and 10.");
        builder.Services.TryAddSingleton(static provider => new UsageSchedule(
            provider.GetRequiredService<UsageReporter>(),
            new ReportSchedule(
                TimeSpan.FromDays(provider.GetRequiredService<IOptions<UsageScheduleOptions>>().Value.IntervalDays),
                TimeSpan.FromDays(provider.GetRequiredService<ReportSchema>().Header.WindowDays),
                provider.GetRequiredService<ReportSchema>().Header.Identity),
            provider.GetRequiredService<ReportDue>(),
            provider.GetRequiredService<IOptions<UsageScheduleOptions>>().Value.RetryCount,
            (provider.GetRequiredService<IUsageStateStore>() as FileStateStore)?.Folder,
            provider.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ScheduleService>(
            static provider => new ScheduleService(
                provider,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetService<ILogger<ScheduleService>>() ?? NullLogger<ScheduleService>.Instance)));
        return builder;
    }
}
