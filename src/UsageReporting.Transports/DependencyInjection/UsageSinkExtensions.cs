using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using UsageReporting;
using UsageReporting.Transports.Console;
using UsageReporting.Transports.File;
using UsageReporting.Transports.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the places that reports are sent to.</summary>
public static class UsageSinkExtensions
{
    /// <summary>Adds an endpoint that reports are posted to.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="endpoint">Its address: <c>https</c>, or <c>http</c> on this machine only.</param>
    public static UsageReportingBuilder AddHttpSink(this UsageReportingBuilder builder, string endpoint) =>
        builder.AddHttpSink(options =>
            options.Endpoint = Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) ? address : null);

    /// <summary>Adds an endpoint that reports are posted to.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says where it is.</param>
    public static UsageReportingBuilder AddHttpSink(
        this UsageReportingBuilder builder, Action<HttpSinkOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        IServiceCollection services = builder.Services;
        string name = NextName(services, "Http");
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<HttpSinkOptions>, HttpSinkOptionsValidator>());
        services.AddOptionsWithValidateOnStart<HttpSinkOptions>(name).Configure(configure)
            .PostConfigure<OperatorSettings>(static (options, settings) =>
            {
                // The application's key is for the application's endpoint, and is not shown to another.
                options.ApiKey = settings.ApiKey ?? (settings.Endpoint is null ? options.ApiKey : null);
                // Who receives the reports publishes the numbers.
                options.Numbers = settings.Endpoint is null ? options.Numbers : null;
                options.Endpoint = settings.Endpoint ?? options.Endpoint;
                options.TimeoutSeconds = settings.TimeoutSeconds ?? options.TimeoutSeconds;
            });
        services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            // What a host gives to all its clients is not for this one: a key or a user agent of its own would tell who
            // reports, and a handler that tries again would send twice what counts as one attempt.
            .ConfigureHttpClient(static client => client.DefaultRequestHeaders.Clear())
            .ConfigureAdditionalHttpMessageHandlers(static (handlers, _) => handlers.Clear())
            .ConfigurePrimaryHttpMessageHandler(provider => CreateHandler(Options(provider, name).Endpoint!))
            // The factory's own log would put the endpoint of each report into the host's log.
            .RemoveAllLoggers();
        services.AddSingleton<IReportSink>(provider => new HttpReportSink(
            // The factory is made when something is sent: most runs of a program send nothing.
            () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(name),
            Options(provider, name),
            UserAgentOf(provider, Options(provider, name).UserAgentVersion),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>Adds a file that each report is written to as a line of JSON.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file; a relative path counts from the current folder.</param>
    public static UsageReportingBuilder AddFileSink(this UsageReportingBuilder builder, string path) =>
        builder.AddFileSink(options => options.Path = path);

    /// <summary>Adds a file that each report is written to as a line of JSON.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says where it is, and how much is kept.</param>
    public static UsageReportingBuilder AddFileSink(
        this UsageReportingBuilder builder, Action<FileSinkOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        IServiceCollection services = builder.Services;
        string name = NextName(services, "File");
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<FileSinkOptions>, FileSinkOptionsValidator>());
        services.AddOptionsWithValidateOnStart<FileSinkOptions>(name).Configure(configure);
        services.AddSingleton<IReportSink>(provider =>
        {
            FileSinkOptions options = provider.GetRequiredService<IOptionsMonitor<FileSinkOptions>>().Get(name);
            return new FileReportSink(
                Path.GetFullPath(options.Path!), options, provider.GetRequiredService<TimeProvider>());
        });
        return builder;
    }

    /// <summary>Adds a sink that writes each report to the console and sends it nowhere.</summary>
    /// <param name="builder">The builder.</param>
    public static UsageReportingBuilder AddConsoleSink(this UsageReportingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IReportSink>(static _ => new ConsoleReportSink(Console.Out));
        return builder;
    }

    // Options are told apart by name: an application may have several sinks of a kind.
    private static string NextName(IServiceCollection services, string kind) => string.Create(
        CultureInfo.InvariantCulture,
        $"UsageReporting.{kind}.{services.Count(service => service.ServiceType == typeof(IReportSink))}");

    private static HttpSinkOptions Options(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<HttpSinkOptions>>().Get(name);

    private static string? UserAgentOf(IServiceProvider provider, string? applicationVersion) =>
        applicationVersion is { } version
            ? UserAgent.Of(provider.GetRequiredService<ReportSchema>().Header.Product, version)
            : null;

    private static SocketsHttpHandler CreateHandler(Uri endpoint) => new()
    {
        // http is spoken because the report stays on this machine; a proxy would take it elsewhere, readable.
        UseProxy = !endpoint.IsLoopback,

        // A redirect could lead anywhere; a person agreed to one place.
        AllowAutoRedirect = false,
        UseCookies = false,

        // "Connection: close" alone does not keep the pool from handing out a connection that the server is closing; the
        // report sent over that one would be a report without an answer.
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseHeadersLength = HttpSinkLimits.HeaderKilobytes,
        MaxResponseDrainSize = 0,
        // The host's trace id would tie the report to the host's own requests.
        ActivityHeadersPropagator = null,
    };
}
