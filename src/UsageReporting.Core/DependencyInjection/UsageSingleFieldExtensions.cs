using Microsoft.Extensions.Configuration;
using UsageReporting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds collectors of one field each, which need no class.</summary>
public static class UsageSingleFieldExtensions
{
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

    /// <summary>
    /// Adds yes or no, answered by the host's configuration: <c>true</c> or <c>false</c> in any letters. Where the key
    /// has no value the field is left out, because only the application knows what it does then.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The field's name on the wire.</param>
    /// <param name="label">What a person reads beside it.</param>
    /// <param name="purpose">Why it is asked for.</param>
    /// <param name="configurationKey">The key, such as <c>Mail:Enabled</c>.</param>
    public static UsageReportingBuilder AddFlag(
        this UsageReportingBuilder builder, string name, string label, string purpose, string configurationKey)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(configurationKey);
        builder.Services.AddOptions<UsageReportingOptions>().Validate<IServiceProviderIsService>(
            static (_, services) => services.IsService(typeof(IConfiguration)),
            $"{name}: there is no IConfiguration to read \"{configurationKey}\" from.");
        FlagField field = UsageField.Flag(name, label, purpose);
        return builder.AddCollector([field], (provider, values, _) =>
        {
            string? value = provider.GetRequiredService<IConfiguration>()[configurationKey];
            values.Set(field, value is null ? null : bool.Parse(value));
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Adds the range of a count, which is read by a function of one of the host's services.</summary>
    /// <typeparam name="TService">The service.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The field's name on the wire.</param>
    /// <param name="label">What a person reads beside it.</param>
    /// <param name="purpose">Why it is asked for.</param>
    /// <param name="bounds">
    /// The lower bound of each range, ascending: numbers of one's own, or some of <see cref="Buckets"/>.
    /// </param>
    /// <param name="read">Counts; the number itself stays here.</param>
    public static UsageReportingBuilder AddBucket<TService>(
        this UsageReportingBuilder builder,
        string name,
        string label,
        string purpose,
        IReadOnlyList<long> bounds,
        Func<TService, CancellationToken, Task<long>> read)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(bounds);
        ArgumentNullException.ThrowIfNull(read);
        BucketField field = UsageField.Bucket(name, label, purpose, bounds);
        return builder.AddCollector([field], async (provider, values, cancellationToken) => values.Set(
            field, await read(provider.GetRequiredService<TService>(), cancellationToken).ConfigureAwait(false)));
    }

    /// <inheritdoc cref="AddBucket{TService}(UsageReportingBuilder, string, string, string, IReadOnlyList{long}, Func{TService, CancellationToken, Task{long}})"/>
    public static UsageReportingBuilder AddBucket<TService>(
        this UsageReportingBuilder builder,
        string name,
        string label,
        string purpose,
        IReadOnlyList<long> bounds,
        Func<TService, long> read)
        where TService : notnull =>
        builder.AddBucket<TService>(name, label, purpose, bounds, (service, _) => Task.FromResult(read(service)));
}
