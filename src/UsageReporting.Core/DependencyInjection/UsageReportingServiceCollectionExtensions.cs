using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using UsageReporting;
using UsageReporting.Core;
using UsageReporting.Core.Collection;
using UsageReporting.Core.Composition;
using UsageReporting.Core.Consent;
using UsageReporting.Core.Delivery;
using UsageReporting.Core.DependencyInjection;
using UsageReporting.Core.Identity;
using UsageReporting.Core.Machine;
using UsageReporting.Core.Recording;
using UsageReporting.Core.Reporting;
using UsageReporting.Core.State;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds usage reporting to an application.</summary>
public static class UsageReportingServiceCollectionExtensions
{
    /// <summary>Adds usage reporting. Nothing is collected or sent until <see cref="UsageReporter.ReportAsync"/> is called.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="product">The product's name: lower-case ASCII letters, digits and hyphens.</param>
    /// <param name="configure">Says who asks, and how.</param>
    /// <returns>A builder for collectors and sinks.</returns>
    /// <exception cref="InvalidOperationException">Usage reporting was added before.</exception>
    public static UsageReportingBuilder AddUsageReporting(
        this IServiceCollection services, string product, Action<UsageReportingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(product);
        if (services.Any(service => service.ServiceType == typeof(UsageReporter)))
        {
            throw new InvalidOperationException(
                "AddUsageReporting was called before; one application reports as one product.");
        }

        services.AddOptionsWithValidateOnStart<UsageReportingOptions>()
            .Configure(options => options.Product = product)
            .Configure(configure ?? (static _ => { }));
        services.AddSingleton<IValidateOptions<UsageReportingOptions>, UsageReportingOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMachine, LocalMachine>();

        services.AddSingleton(static provider => ReportSchema.Create(
            Options(provider).ToHeader(),
            provider.GetServices<CollectorRegistration>().SelectMany(registration => registration.Fields)));
        services.AddSingleton(static provider => new UsageTexts(Options(provider).Text));
        services.AddSingleton(provider => new OperatorSettings(
            provider.GetRequiredService<IMachine>(),
            EnvironmentSwitches.NameFor(product),
            provider.GetService<IConfiguration>()));
        services.TryAddSingleton(CreateStore);
        services.AddSingleton(static provider => new UsageState(
            provider.GetRequiredService<IUsageStateStore>(),
            provider.GetRequiredService<TimeProvider>(),
            Logger<UsageState>(provider)));
        services.AddSingleton(static provider => new UsageMetrics(provider.GetService<IMeterFactory>()));
        // Their order is the one in which they are named.
        services.AddSingleton<IConsentSource>(static provider => new PolicyFiles(
            provider.GetRequiredService<IMachine>(), Options(provider).Product, provider.GetRequiredService<UsageTexts>()));
        services.AddSingleton<IConsentSource, KillFile>();
        services.AddSingleton<IConsentSource>(static provider => new EnvironmentSwitches(
            provider.GetRequiredService<IMachine>(),
            Options(provider).Product,
            Options(provider).Switches,
            provider.GetRequiredService<UsageTexts>()));
        services.AddSingleton<IConsentSource>(static provider => new SettingsFile(
            provider.GetRequiredService<IMachine>(),
            Options(provider).SettingsFile,
            provider.GetRequiredService<UsageTexts>()));
        services.AddSingleton<IConsentSource, OperatorMistakes>();
        services.AddSingleton<Automation>();
        services.AddSingleton(static provider => new ConsentRecords(
            provider.GetRequiredService<UsageState>(), SharedState(provider), provider.GetRequiredService<ReportSchema>()));
        services.AddSingleton(static provider => new ConsentTerms(
            provider.GetRequiredService<ReportSchema>(),
            [.. provider.GetServices<IReportSink>().Select(sink => sink.Destination)]));
        services.AddSingleton(static provider => new ConsentIndicator(
            provider.GetRequiredService<UsageTexts>(), Logger<ConsentIndicator>(provider)));
        services.AddSingleton<IUsageReportingStatus>(static provider => provider.GetRequiredService<ConsentIndicator>());
        services.AddSingleton(static provider => new ConsentGate(
            provider.GetServices<IConsentSource>(),
            provider.GetRequiredService<Automation>(),
            provider.GetRequiredService<ConsentRecords>(),
            provider.GetService<ExistingConsent>(),
            provider.GetRequiredService<ConsentTerms>(),
            Options(provider).Consent,
            provider.GetRequiredService<ConsentIndicator>(),
            provider.GetRequiredService<UsageTexts>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static provider => new CollectionRunner(
            provider.GetServices<CollectorRegistration>(),
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<UsageMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            Logger<CollectionRunner>(provider)));
        services.AddSingleton<ReportComposer>();
        services.AddSingleton(static provider => new StableIdentity(
            provider.GetRequiredService<UsageState>(), provider.GetService<ExistingId>()));
        services.AddSingleton<LocalSecret>();
        services.AddSingleton<LastReport>();
        services.AddSingleton(static provider => new LastingPlace(
            Options(provider).DataDirectory is not null
                || provider.GetRequiredService<IUsageStateStore>() is not (FileStateStore or MemoryStateStore),
            StateFolder(provider),
            provider.GetRequiredService<IMachine>(),
            provider.GetRequiredService<Automation>()));
        services.AddSingleton<Senders>();
        services.AddSingleton<TallyStore>();
        services.AddSingleton(static provider => new TallyRecorder(
            new UsageTallies(provider.GetServices<TallyRegistration>()
                .SelectMany(registration => registration.Sources).Select(source => source.Field)),
            [.. provider.GetServices<TallyRegistration>()],
            provider.GetRequiredService<ConsentGate>(),
            new TallyWriter(
                provider.GetRequiredService<UsageState>(),
                TallyStore.DocumentOf(provider.GetRequiredService<IMachine>().ProcessId)),
            provider.GetRequiredService<UsageMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            Logger<TallyRecorder>(provider)));
        services.AddSingleton(static provider => provider.GetRequiredService<TallyRecorder>().Tallies);
        services.AddSingleton<Spool>();
        services.AddSingleton<ReportHistory>();
        services.AddSingleton(static provider => new ReportRenderer(
            provider.GetServices<IReportSink>(), Logger<ReportRenderer>(provider)));
        services.AddSingleton<ErasureWishes>();
        services.AddSingleton(static provider => new ErasureDesk(
            provider.GetServices<IReportSink>(),
            provider.GetRequiredService<ReportSchema>(),
            provider.GetRequiredService<Senders>(),
            provider.GetRequiredService<ReportHistory>(),
            provider.GetRequiredService<ErasureWishes>(),
            provider.GetRequiredService<UsageState>(),
            provider.GetRequiredService<TimeProvider>(),
            Logger<ErasureDesk>(provider)));
        services.AddSingleton(static provider => new NumbersDesk(
            provider.GetServices<IReportSink>(), provider.GetRequiredService<TimeProvider>(), Logger<NumbersDesk>(provider)));
        services.AddSingleton(static provider => new DeliveryRunner(
            provider.GetServices<IReportSink>(),
            provider.GetRequiredService<ReportRenderer>(),
            provider.GetRequiredService<Spool>(),
            provider.GetRequiredService<ReportHistory>(),
            provider.GetRequiredService<TallyStore>(),
            provider.GetRequiredService<LastReport>(),
            provider.GetRequiredService<ReportSchema>(),
            Options(provider).Consent,
            provider.GetRequiredService<UsageMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            Logger<DeliveryRunner>(provider)));
        services.AddSingleton(static provider => new ReportDrafts(
            provider.GetRequiredService<ReportSchema>(),
            provider.GetRequiredService<CollectionRunner>(),
            provider.GetRequiredService<ReportComposer>(),
            provider.GetRequiredService<Senders>(),
            provider.GetRequiredService<Spool>(),
            provider.GetRequiredService<TallyStore>(),
            Options(provider).Consent,
            provider.GetServices<IReportSink>(),
            provider.GetRequiredService<ReportRenderer>(),
            provider.GetRequiredService<UsageTexts>(),
            provider.GetRequiredService<UsageMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ReportDue>();
        services.AddSingleton(static provider => new ReportRuns(
            provider.GetRequiredService<ConsentGate>(),
            provider.GetRequiredService<ReportDrafts>(),
            provider.GetRequiredService<ReportDue>(),
            provider.GetRequiredService<ReportSchema>(),
            Options(provider).AskWhen,
            OffSwitches(Options(provider), provider.GetRequiredService<UsageTexts>()),
            provider.GetRequiredService<UsageTexts>(),
            provider.GetRequiredService<TimeProvider>(),
            Logger<ReportRuns>(provider)));
        services.AddSingleton<KeptChoice>();
        services.AddSingleton(static provider => new StatusReader(
            Options(provider).Consent,
            provider.GetRequiredService<ConsentGate>(),
            provider.GetRequiredService<ReportDrafts>(),
            provider.GetRequiredService<ReportHistory>(),
            provider.GetRequiredService<Senders>(),
            provider.GetRequiredService<ReportDue>(),
            provider.GetRequiredService<UsageState>(),
            provider.GetServices<IReportSink>()));
        services.AddSingleton<StateExport>();
        services.AddSingleton(static provider => new KeptUsage(
            provider.GetRequiredService<ConsentGate>(),
            provider.GetRequiredService<ReportDrafts>(),
            provider.GetRequiredService<ReportHistory>(),
            provider.GetRequiredService<TallyRecorder>(),
            provider.GetRequiredService<TallyStore>(),
            provider.GetRequiredService<StateExport>()));
        services.AddSingleton(static provider => new UsageReporter(
            provider.GetRequiredService<ReportSchema>(),
            provider.GetRequiredService<ConsentGate>(),
            provider.GetRequiredService<ReportDrafts>(),
            provider.GetRequiredService<StatusReader>(),
            provider.GetRequiredService<KeptChoice>(),
            provider.GetRequiredService<UsageTallies>(),
            provider.GetRequiredService<KeptUsage>(),
            provider.GetRequiredService<DeliveryRunner>(),
            provider.GetRequiredService<ReportHistory>(),
            provider.GetRequiredService<Senders>(),
            provider.GetRequiredService<UsageState>(),
            provider.GetRequiredService<ReportRuns>(),
            provider.GetRequiredService<ErasureDesk>(),
            provider.GetRequiredService<NumbersDesk>(),
            provider.GetServices<IReportSink>(),
            provider.GetRequiredService<IUsageReportingStatus>(),
            provider.GetRequiredService<UsageTexts>(),
            provider.GetRequiredService<TimeProvider>(),
            Logger<UsageReporter>(provider)));
        return new UsageReportingBuilder(services);
    }

    // The machine's own clock, whatever the host's is: other processes give a lock back in their own time, and a clock that
    // a test drives stands still while one waits for them.
    private static TimeProvider LockTime => TimeProvider.System;

    // Where nothing can be written, reports without an id are sent all the same: what must last until the process ends is
    // in its memory.
    private static IUsageStateStore CreateStore(IServiceProvider provider)
    {
        string? folder = StateFolder(provider);
        bool canWrite = Options(provider).DataDirectory is not null
            || (folder is not null && provider.GetRequiredService<IMachine>().CanWriteTo(folder));
        UsageTexts texts = provider.GetRequiredService<UsageTexts>();
        return canWrite || !provider.GetRequiredService<ReportSchema>().AllowsNoId
            ? new FileStateStore(folder, texts, LockTime)
            : new MemoryStateStore(texts);
    }

    // Not where it would be the same file as the person's own: what is chosen for all there takes the place of that.
    private static UsageState? SharedState(IServiceProvider provider) =>
        StatePath.OfScope(provider.GetRequiredService<IMachine>(), Options(provider).Product, Options(provider).Scope) is { } folder
        && Path.GetFullPath(folder) != StateFolder(provider)
            ? new UsageState(
                new FileStateStore(folder, provider.GetRequiredService<UsageTexts>(), LockTime, isShared: true),
                provider.GetRequiredService<TimeProvider>(),
                Logger<UsageState>(provider))
            : null;

    private static string? StateFolder(IServiceProvider provider) => Options(provider) is { DataDirectory: { } folder }
        ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))
        : StatePath.Default(provider.GetRequiredService<IMachine>(), Options(provider).Product);

    private static UsageReportingOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<UsageReportingOptions>>().Value;

    // One of each kind is enough to be told of; the documentation has them all.
    private static string[] OffSwitches(UsageReportingOptions options, UsageTexts texts) =>
    [
        options.Switches.Count > 0 ? $"{options.Switches[0]}=1" : $"{EnvironmentSwitches.NameFor(options.Product)}=off",
        .. options.SettingsFile is { } file ? [texts.Get("NoticeFile", file)] : Array.Empty<string>(),
    ];

    // A host without logging gets none, and one that adds it later is not cut off from it.
    private static ILogger<T> Logger<T>(IServiceProvider provider) =>
        provider.GetService<ILogger<T>>() ?? NullLogger<T>.Instance;
}
