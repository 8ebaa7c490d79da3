using System.Diagnostics.CodeAnalysis;
using UsageReporting;
using UsageReporting.Core.Collection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds collectors. Their order is the order in which people see the fields.</summary>
public static class UsageCollectorExtensions
{
    /// <summary>Adds a collector.</summary>
    /// <typeparam name="TCollector">Its type; its constructor's parameters come from the host's services.</typeparam>
    /// <param name="builder">The builder.</param>
    public static UsageReportingBuilder AddCollector<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TCollector>(
        this UsageReportingBuilder builder)
        where TCollector : class, IUsageCollector, IDeclareUsageFields =>
        builder.Add(
            typeof(TCollector).Name,
            TCollector.Fields,
            static provider => ActivatorUtilities.CreateInstance<TCollector>(provider));

    /// <summary>Adds a collector that is a function.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="fields">The fields that it fills.</param>
    /// <param name="collect">Fills them; the services are those of a scope of its own.</param>
    public static UsageReportingBuilder AddCollector(
        this UsageReportingBuilder builder,
        IReadOnlyList<UsageField> fields,
        Func<IServiceProvider, UsageValues, CancellationToken, ValueTask> collect)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(collect);
        return builder.Add(
            string.Join(", ", fields.Select(field => field.Name)),
            fields,
            provider => new LambdaCollector((values, cancellationToken) => collect(provider, values, cancellationToken)));
    }

    /// <summary>
    /// Opts into reserved fields, which the library fills: a rotating id needs <c>period</c>, reports without an id need
    /// <c>nonce</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="fields">The fields, in the order in which people see them, such as <c>IdentityFields.FirstReport()</c>.</param>
    public static UsageReportingBuilder AddIdentityFields(
        this UsageReportingBuilder builder, params IReadOnlyList<UsageField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return builder.Add("identity", fields, create: null);
    }

    internal static UsageReportingBuilder Add(
        this UsageReportingBuilder builder,
        string name,
        IReadOnlyList<UsageField> fields,
        Func<IServiceProvider, IUsageCollector>? create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new CollectorRegistration(name, fields, create));
        return builder;
    }
}
