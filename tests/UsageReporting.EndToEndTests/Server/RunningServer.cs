using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UsageReporting.Server;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>
/// A server as a host would build it, listening on a real socket in this process: document 000's product at
/// <c>/report</c>, document 001's at <c>/printernizer/report</c> and <c>/submit</c>, one with a pair of fields at
/// <c>/counted/report</c>, document 003's notifications at <c>/downloads</c>, the dashboard at <c>/</c>.
/// </summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;

    private RunningServer(WebApplication app, TemporaryFolder folder, TimeProvider time, CollectedLog log)
    {
        _app = app;
        _folder = folder;
        Time = time;
        Log = log;
        Address = new Uri(app.Urls.Single());
        Http = Canaries.SaidBy(new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 128 }) { BaseAddress = Address });
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public TimeProvider Time { get; }

    /// <summary>The keys of its products.</summary>
    public UsageKeys Keys => _app.Services.GetRequiredService<UsageKeys>();

    /// <summary>What the server has logged.</summary>
    public CollectedLog Log { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="folder">Where its database is.</param>
    /// <param name="time">Its clock; one that stands still unless given.</param>
    /// <param name="certificate">Its own, if it is to speak TLS.</param>
    /// <param name="configure">What holds for all products.</param>
    /// <param name="printernizer">What holds for document 001's product.</param>
    /// <param name="isBehindProxy">Whether who connects from this machine may say where it connects from.</param>
    /// <param name="pathBase">Below which path it is, too.</param>
    public static async Task<RunningServer> StartAsync(
        TemporaryFolder folder,
        TimeProvider? time = null,
        X509Certificate2? certificate = null,
        Action<UsageServerOptions>? configure = null,
        Action<UsageProductOptions>? printernizer = null,
        bool isBehindProxy = false,
        string? pathBase = null)
    {
        CollectedLog log = new();
        // Not beside the tests, where the settings of a sample may lie.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder.Path });
        builder.WebHost.ConfigureUsageReportingKestrel().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        // The framework's line for a request has its path, in which an operator may name an installation.
        builder.Logging.ClearProviders().AddProvider(log).AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Services.AddSingleton(time ??= new ManualTimeProvider());
        builder.Services.AddUsageReportingServer(configure ?? (_ => { }))
            .AddProduct("paperless-ngx", RepositoryRoot.Combine("samples", "ReferenceServer", "schemas", "paperless-ngx.json"))
            .AddProduct(
                "printernizer",
                RepositoryRoot.Combine("samples", "ReferenceServer", "schemas", "printernizer.json"),
                printernizer ?? (_ => { }))
            .AddProduct("counted", RepositoryRoot.Combine("tests", "UsageReporting.TestSupport", "Schemas", "counted.json"))
            .AddDownloads(downloads =>
            {
                downloads.Packages.Add("wp-plugin/*");
                downloads.Packages.Add("wp-theme/*");
            })
            .UseSqlite(Database(folder));

        WebApplication app = builder.Build();
        if (isBehindProxy)
        {
            // Loopback is among the known proxies by default.
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        }

        if (pathBase is not null)
        {
            app.UsePathBase(pathBase);
            // What is before it is put before the routes, too.
            app.UseRouting();
        }

        app.MapUsageReports("/report", "paperless-ngx");
        app.MapUsageReports("/printernizer/report", "printernizer");
        app.MapUsageReports("/counted/report", "counted");
        app.MapUsageReports("/submit", "printernizer");
        app.MapUsageSchemas("/schema");
        app.MapUsageStatistics("/stats");
        app.MapUsageBadges("/badge");
        app.MapUsageInstallations();
        app.MapUsageReceiptKey();
        app.MapUsageHealth("/healthz");
        app.MapUsageMetrics();
        app.MapPackageDownloads();
        app.MapPackages();
        app.MapUsageDashboard("/");
        await app.StartAsync();
        return new RunningServer(app, folder, time, log);
    }

    /// <summary>Posts a good report of a new installation for which a proxy speaks.</summary>
    public async Task<HttpStatusCode> PostFromAsync(string address, string json)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/report");
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.Add("X-Forwarded-For", address);
        using HttpResponseMessage answer = await Http.SendAsync(request);
        return answer.StatusCode;
    }

    public Task<HttpResponseMessage> PostAsync(string json, string path = "/report") =>
        PostAsync(Encoding.UTF8.GetBytes(json), "application/json", path: path);

    public Task<HttpResponseMessage> PostAsync(
        byte[] body, string? contentType = "application/json", string? contentEncoding = null, string path = "/report")
    {
        ByteArrayContent content = new(body);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (contentEncoding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", contentEncoding);
        }

        return Http.PostAsync(path, content);
    }

    /// <summary>Sends bytes as they are and reads until the server closes the connection.</summary>
    public async Task<string> SendRawAsync(string head, string body = "")
    {
        using TcpClient client = new();
        await client.ConnectAsync(Address.Host, Address.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{head}\r\nHost: {Address.Authority}\r\nConnection: close\r\n\r\n{body}"));
        using StreamReader reader = new(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    /// <summary>The rows of a query, through a connection that cannot write, while the server runs.</summary>
    public IReadOnlyList<string> Query(string sql) =>
        [.. StoredReports.Query(Database(_folder), sql).Select(row => string.Join('|', row.Values))];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Canaries.AssertNothingKept(Log.All, Address, _folder.Path);
    }

    private static string Database(TemporaryFolder folder) => folder.Combine("usage.db");
}
