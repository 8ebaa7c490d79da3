using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using UsageReporting.Server;
using UsageReporting.Server.Operators;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a server have pages for its operator.</summary>
public static class OperatorServerBuilderExtensions
{
    private const string AuditFile = "operator.jsonl";
    private const string SchemaFolder = "schemas";

    /// <summary>
    /// Adds what the operator's pages need: sessions in memory, tokens against forged forms, which are the host's data protection,
    /// and a file beside the database in which is noted what operators do. The host's own schemes of authentication stay as they are.
    /// </summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Sets options.</param>
    public static UsageReportingServerBuilder AddOperator(
        this UsageReportingServerBuilder builder, Action<OperatorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        IServiceCollection services = builder.Services;
        services.Configure<OperatorOptions>(options => configure?.Invoke(options));
        services.AddAntiforgery();
        services.TryAddSingleton<OperatorSessions>();
        services.AddOptions<CookieAuthenticationOptions>(OperatorCookie.Name).Configure<OperatorSessions, TimeProvider>(OperatorCookie.Configure);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<CookieAuthenticationOptions>, PostConfigureCookieAuthenticationOptions>());
        services.TryAddSingleton<OperatorCookie>();
        services.TryAddSingleton<OperatorGate>();
        services.TryAddSingleton<WrongKeys>();
        services.TryAddSingleton<OperatorDesk>();
        services.TryAddSingleton(provider => new AuditTrail(
            Path.Combine(provider.GetRequiredService<IOptions<UsageServerOptions>>().Value.DataDirectory ?? "", AuditFile)));
        services.TryAddSingleton<RecentRequests>();
        services.TryAddSingleton<OperatorReader>();
        services.TryAddSingleton<SessionEndpoints>();
        services.TryAddSingleton<StateEndpoint>();
        services.TryAddSingleton<InstallationDesk>();
        services.TryAddSingleton(provider => new SchemaArchive(
            Path.Combine(provider.GetRequiredService<IOptions<UsageServerOptions>>().Value.DataDirectory ?? "", SchemaFolder),
            provider.GetRequiredService<ProductCatalog>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SchemaArchive>>()));
        services.AddHostedService(provider => provider.GetRequiredService<SchemaArchive>());
        services.TryAddSingleton<UniquenessReader>();
        services.TryAddSingleton<QuarantineCounter>();
        services.TryAddSingleton<ProductDesk>();
        return builder;
    }
}
