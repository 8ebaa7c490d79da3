using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace UsageReporting;

/// <summary>Makes a reporter for an application without a host.</summary>
public static class UsageReporterCreation
{
    extension(UsageReporter)
    {
        /// <summary>Makes a reporter over a container of its own, which is disposed with it.</summary>
        /// <param name="product">The product's name: lower-case ASCII letters, digits and hyphens.</param>
        /// <param name="configure">Adds collectors and sinks, and services for them.</param>
        /// <param name="build">
        /// Builds the container. The package UsageReporting.Transports has an overload that does it with the one of
        /// Microsoft.Extensions.DependencyInjection.
        /// </param>
        /// <exception cref="OptionsValidationException">Something is set up wrong: every mistake, a line each.</exception>
        public static UsageReporter Create(
            string product,
            Action<UsageReportingBuilder> configure,
            Func<IServiceCollection, IServiceProvider> build)
        {
            ArgumentNullException.ThrowIfNull(configure);
            ArgumentNullException.ThrowIfNull(build);
            ServiceCollection services = [];
            configure(services.AddUsageReporting(product));
            IServiceProvider provider = build(services);
            provider.GetRequiredService<IStartupValidator>().ValidateAll();
            return provider.GetRequiredService<UsageReporter>().Owning(provider);
        }
    }

    /// <summary>Says who asks, and how.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static UsageReportingBuilder Configure(
        this UsageReportingBuilder builder, Action<UsageReportingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configure);
        return builder;
    }

    // Of several mistaken options it throws them together, which nobody would catch.
    private static void ValidateAll(this IStartupValidator validator)
    {
        try
        {
            validator.Validate();
        }
        catch (AggregateException e)
        {
            throw new OptionsValidationException(
                "",
                typeof(UsageReportingOptions),
                [.. e.InnerExceptions.OfType<OptionsValidationException>().SelectMany(inner => inner.Failures)]);
        }
    }
}
