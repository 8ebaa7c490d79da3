using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace UsageReporting;

/// <summary>Makes a reporter for an application without a host.</summary>
public static class UsageReporterTransportCreation
{
    extension(UsageReporter)
    {
        /// <summary>Makes a reporter over a container of its own, which is disposed with it.</summary>
        /// <param name="product">The product's name: lower-case ASCII letters, digits and hyphens.</param>
        /// <param name="configure">Adds collectors and sinks, and services for them.</param>
        /// <exception cref="OptionsValidationException">Something is set up wrong: every mistake, a line each.</exception>
        public static UsageReporter Create(string product, Action<UsageReportingBuilder> configure) =>
            UsageReporter.Create(product, configure, static services => services.BuildServiceProvider());
    }
}
