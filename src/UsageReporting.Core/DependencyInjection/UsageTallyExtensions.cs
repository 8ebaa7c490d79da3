using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using UsageReporting;
using UsageReporting.Core.Recording;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what is counted between reports.</summary>
public static class UsageTallyExtensions
{
    /// <summary>
    /// Adds fields that are counted while the application runs: the report holds the sums since the last one. Nothing is
    /// counted unless a person said yes for the future, or chose <c>local</c>; what was counted under <c>local</c> is never
    /// sent.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says what is counted, and from where.</param>
    public static UsageReportingBuilder AddTallies(
        this UsageReportingBuilder builder, Action<UsageTalliesBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        UsageTalliesBuilder tallies = new();
        configure(tallies);
        builder.Services.AddSingleton(new TallyRegistration(tallies.Sources, tallies.Meters));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RecordingService>());
        return builder.Add(
            "tallies",
            [.. tallies.Sources.Select(source => source.Field)],
            static provider => ActivatorUtilities.CreateInstance<TallyCollector>(provider));
    }
}
