using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using UsageReporting;
using UsageReporting.GoogleAnalytics;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Google Analytics to the places that reports are sent to.</summary>
public static class GoogleAnalyticsSinkExtensions
{
    /// <summary>Adds a property of Google Analytics 4, to which each report is sent by the Measurement Protocol.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="measurementId">The id of its web data stream, such as <c>G-A1B2C3D4E5</c>.</param>
    /// <param name="apiSecret">The API secret of that stream.</param>
    public static UsageReportingBuilder AddGoogleAnalyticsSink(
        this UsageReportingBuilder builder, string measurementId, string apiSecret) =>
        builder.AddGoogleAnalyticsSink(options => (options.MeasurementId, options.ApiSecret) = (measurementId, apiSecret));

    /// <summary>Adds a property of Google Analytics 4, to which each report is sent by the Measurement Protocol.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says which.</param>
    public static UsageReportingBuilder AddGoogleAnalyticsSink(
        this UsageReportingBuilder builder, Action<GoogleAnalyticsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        // Options are told apart by name: an application may have several.
        IServiceCollection services = builder.Services;
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"UsageReporting.GoogleAnalytics.{services.Count(service => service.ServiceType == typeof(IReportSink))}");
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<GoogleAnalyticsOptions>, GoogleAnalyticsOptionsValidator>());
        services.AddOptionsWithValidateOnStart<GoogleAnalyticsOptions>(name).Configure(configure);
        services.AddSingleton<IReportSink>(provider => new GoogleAnalyticsSink(
            provider.GetRequiredService<IOptionsMonitor<GoogleAnalyticsOptions>>().Get(name),
            provider.GetRequiredService<ReportSchema>(),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }
}
