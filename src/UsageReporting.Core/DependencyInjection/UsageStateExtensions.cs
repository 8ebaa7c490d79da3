using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using UsageReporting;
using UsageReporting.Core.Consent;
using UsageReporting.Core.Identity;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Says where the library keeps what must last, and what the host has kept before.</summary>
public static class UsageStateExtensions
{
    /// <summary>Keeps what must last in a store of the host's own, in the place of files.</summary>
    /// <typeparam name="TStore">
    /// Its type. There is one of it, whose constructor's parameters come from the host's services; a <c>DbContext</c>, which
    /// lives shorter, it takes from a factory.
    /// </typeparam>
    /// <param name="builder">The builder.</param>
    public static UsageReportingBuilder UseStateStore<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        this UsageReportingBuilder builder)
        where TStore : class, IUsageStateStore =>
        builder.UseStateStore(static provider => ActivatorUtilities.CreateInstance<TStore>(provider));

    /// <summary>Keeps what must last in a store of the host's own, in the place of files.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Creates the one store that there is, from the host's services.</param>
    public static UsageReportingBuilder UseStateStore(
        this UsageReportingBuilder builder, Func<IServiceProvider, IUsageStateStore> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);
        builder.Services.Replace(ServiceDescriptor.Singleton(create));
        builder.Services.AddOptions<UsageReportingOptions>().Validate(
            static options => options.DataDirectory is null,
            "dataDirectory: is not used, because UseStateStore keeps everything elsewhere.");
        return builder;
    }

    /// <summary>
    /// Takes over an id that the host gave this installation before it used this library, so that it stays one
    /// installation. It is shown like any other, and kept here with the first yes; <c>usage reset-id</c> forgets it for
    /// good.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="find">
    /// Finds it, from the services of a scope of its own: a version 4 UUID, or null where there is none. Nothing is sent
    /// when it throws or takes longer than 5 s.
    /// </param>
    public static UsageReportingBuilder UseExistingId(
        this UsageReportingBuilder builder, Func<IServiceProvider, CancellationToken, ValueTask<string?>> find)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(find);
        builder.Services.Replace(ServiceDescriptor.Singleton(provider => new ExistingId(
            find,
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<ExistingId>>() ?? NullLogger<ExistingId>.Instance)));
        return builder;
    }

    /// <summary>
    /// Takes over a choice that people made in the host before it used this library. It counts as long as nothing was chosen
    /// here; a yes is kept here with the first report, as one to what reports hold and where they go then.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="find">
    /// Finds it, from the services of a scope of its own; null where nobody chose yet. Reporting is off when it throws or
    /// takes longer than 5 s.
    /// </param>
    public static UsageReportingBuilder UseExistingConsent(
        this UsageReportingBuilder builder, Func<IServiceProvider, CancellationToken, ValueTask<ConsentChoice?>> find)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(find);
        builder.Services.Replace(ServiceDescriptor.Singleton(provider => new ExistingConsent(
            find,
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<ExistingConsent>>() ?? NullLogger<ExistingConsent>.Instance)));
        return builder;
    }
}
