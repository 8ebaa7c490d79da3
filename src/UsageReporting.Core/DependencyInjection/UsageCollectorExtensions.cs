using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using UsageReporting;
using UsageReporting.Core.Collection;
using UsageReporting.Core.Collectors;
using UsageReporting.Core.Machine;

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
        where TCollector : class, IUsageCollector, IDeclareUsageFields
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(
            typeof(TCollector).Name,
            TCollector.Fields,
            static provider => ActivatorUtilities.CreateInstance<TCollector>(provider));
    }

    /// <summary>Adds a collector that is a function.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="fields">The fields that it fills.</param>
    /// <param name="collect">Fills them; the services are those of a scope of its own.</param>
    public static UsageReportingBuilder AddCollector(
        this UsageReportingBuilder builder,
        IReadOnlyList<UsageField> fields,
        Func<IServiceProvider, UsageValues, CancellationToken, ValueTask> collect)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(collect);
        return builder.Add(
            string.Join(", ", fields.Select(field => field.Name)),
            fields,
            provider => new LambdaCollector((values, cancellationToken) => collect(provider, values, cancellationToken)));
    }

    /// <summary>Adds yes or no, answered by a function of one of the host's services.</summary>
    /// <typeparam name="TService">The service.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The field's name on the wire.</param>
    /// <param name="label">What a person reads beside it.</param>
    /// <param name="purpose">Why it is asked for.</param>
    /// <param name="read">Answers.</param>
    public static UsageReportingBuilder AddFlag<TService>(
        this UsageReportingBuilder builder,
        string name,
        string label,
        string purpose,
        Func<TService, CancellationToken, Task<bool>> read)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(read);
        FlagField field = UsageField.Flag(name, label, purpose);
        return builder.AddCollector([field], async (provider, values, cancellationToken) => values.Set(
            field, await read(provider.GetRequiredService<TService>(), cancellationToken).ConfigureAwait(false)));
    }

    /// <inheritdoc cref="AddFlag{TService}(UsageReportingBuilder, string, string, string, Func{TService, CancellationToken, Task{bool}})"/>
    public static UsageReportingBuilder AddFlag<TService>(
        this UsageReportingBuilder builder, string name, string label, string purpose, Func<TService, bool> read)
        where TService : notnull =>
        builder.AddFlag<TService>(name, label, purpose, (service, _) => Task.FromResult(read(service)));

    /// <summary>Adds the version, channel, commit and build date of the application.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says which release it is; by default the entry assembly does.</param>
    public static UsageReportingBuilder AddEnvironmentCollector(
        this UsageReportingBuilder builder, Action<EnvironmentCollectorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configure ?? (static _ => { }));
        return builder.Add(
            "environment",
            EnvironmentCollector.Fields,
            static provider => new EnvironmentCollector(
                provider.GetRequiredService<IOptions<EnvironmentCollectorOptions>>()));
    }

    /// <summary>Adds the processor's architecture.</summary>
    /// <param name="builder">The builder.</param>
    public static UsageReportingBuilder AddPlatformCollector(this UsageReportingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add("platform", PlatformCollector.Fields, static _ => new PlatformCollector());
    }

    /// <summary>
    /// Adds how the application was installed: <c>kubernetes</c>, <c>podman</c>, <c>docker</c>, <c>nixos</c>,
    /// <c>snap</c>, <c>flatpak</c>, <c>distro</c>, <c>release</c> or <c>source</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="distributions">
    /// The distributions that the product knows. A packager ships a file <c>distro_info</c> with one of these words
    /// beside the application; any other word is reported as <c>distro</c>. A file <c>build_info</c> makes it a release.
    /// </param>
    public static UsageReportingBuilder AddInstallTypeCollector(
        this UsageReportingBuilder builder, params IEnumerable<string> distributions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        WordField field = InstallTypeCollector.FieldFor(distributions);
        return builder.Add(
            "install type",
            [field],
            provider => new InstallTypeCollector(provider.GetRequiredService<IMachine>(), field));
    }

    private static UsageReportingBuilder Add(
        this UsageReportingBuilder builder,
        string name,
        IReadOnlyList<UsageField> fields,
        Func<IServiceProvider, IUsageCollector> create)
    {
        builder.Services.AddSingleton(new CollectorRegistration(name, fields, create));
        return builder;
    }
}
