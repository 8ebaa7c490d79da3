using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UsageReporting.Server;
using UsageReporting.Server.Hosting;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Sets Kestrel's limits to what usage reports need.</summary>
public static class UsageReportingWebHostBuilderExtensions
{
    // Read by Kestrel when it starts to listen; there is no option for it.
    private const string RefuseBareLineFeeds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    /// <summary>
    /// Sets limits for a server that stands open on the internet: bodies no larger than a report, at least 240 bytes a
    /// second; 32 headers of 8 KB within 5 seconds; 2,000 connections or as many as the process may open files for, none
    /// of them upgraded, none silent for more than 30 seconds; lines that end as HTTP says, in the whole process; no
    /// <c>Server</c> header; and an end within 3 seconds. They hold for all endpoints of the host; what it configures
    /// afterwards wins.
    /// </summary>
    /// <param name="builder">The host's <c>WebHost</c>.</param>
    public static IWebHostBuilder ConfigureUsageReportingKestrel(this IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        AppContext.SetSwitch(RefuseBareLineFeeds, true);
        return builder
            .ConfigureKestrel(Limit)
            .ConfigureServices(services => services
                // Kestrel's own limit is for what it decrypts; of a plain connection the transport would keep a megabyte.
                .Configure<SocketTransportOptions>(sockets => sockets.MaxReadBufferSize = ServerLimits.RequestBuffer)
                .Configure<HostOptions>(host => host.ShutdownTimeout = ServerLimits.ShutdownWithin));
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxConcurrentConnections = ConnectionRoom.Find();
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.KeepAliveTimeout = ServerLimits.SilentFor;
        limits.MaxRequestBufferSize = ServerLimits.RequestBuffer;
        limits.MaxRequestLineSize = ServerLimits.RequestLine;
        limits.MaxRequestHeaderCount = ServerLimits.RequestHeaders;
        limits.MaxRequestHeadersTotalSize = ServerLimits.RequestHeaderBytes;
        limits.Http2.MaxRequestHeaderFieldSize = ServerLimits.RequestHeaderBytes;
        limits.RequestHeadersTimeout = ServerLimits.HeadersWithin;
        // Each endpoint for reports lowers it to its own product's size.
        limits.MaxRequestBodySize = ServerLimits.LargestReport + ServerLimits.GzipOverhead + 1;
        limits.MinRequestBodyDataRate = new MinDataRate(ServerLimits.BodyBytesPerSecond, ServerLimits.BodyGrace);
        limits.MinResponseDataRate = new MinDataRate(ServerLimits.BodyBytesPerSecond, ServerLimits.BodyGrace);
    }
}
