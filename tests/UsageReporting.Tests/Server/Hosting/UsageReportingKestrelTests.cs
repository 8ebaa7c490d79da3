using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace UsageReporting.Tests.Server.Hosting;

public sealed class UsageReportingKestrelTests
{
    [Test]
    public void ConfigureUsageReportingKestrel_Limits_AreThese()
    {
        KestrelServerOptions kestrel = Configured<KestrelServerOptions>();
        KestrelServerLimits limits = kestrel.Limits;

        Assert.Multiple(() =>
        {
            Assert.That(kestrel.AddServerHeader, Is.False);
            Assert.That(kestrel.AllowSynchronousIO, Is.False);
            Assert.That(limits.MaxRequestBodySize, Is.EqualTo(66_561));
            Assert.That(limits.MaxRequestBufferSize, Is.EqualTo(16_384));
            Assert.That(Configured<SocketTransportOptions>().MaxReadBufferSize, Is.EqualTo(16_384));
            Assert.That(limits.MaxRequestLineSize, Is.EqualTo(4_096));
            Assert.That(limits.MaxRequestHeaderCount, Is.EqualTo(32));
            Assert.That(limits.MaxRequestHeadersTotalSize, Is.EqualTo(8_192));
            Assert.That(limits.Http2.MaxRequestHeaderFieldSize, Is.EqualTo(8_192));
            Assert.That(limits.MaxConcurrentConnections, Is.EqualTo(2_000));
            Assert.That(limits.MaxConcurrentUpgradedConnections, Is.Zero);
            Assert.That(limits.RequestHeadersTimeout, Is.EqualTo(TimeSpan.FromSeconds(5)));
            Assert.That(limits.KeepAliveTimeout, Is.EqualTo(TimeSpan.FromSeconds(30)));
            Assert.That(Rate(limits.MinRequestBodyDataRate), Is.EqualTo((240, TimeSpan.FromSeconds(5))));
            Assert.That(Rate(limits.MinResponseDataRate), Is.EqualTo((240, TimeSpan.FromSeconds(5))));
            Assert.That(Configured<HostOptions>().ShutdownTimeout, Is.EqualTo(TimeSpan.FromSeconds(3)));
        });
    }

    [Test]
    public void ConfigureUsageReportingKestrel_HostConfiguresMore_TheHostWins() =>
        Assert.That(
            Configured<KestrelServerOptions>(web => web.ConfigureKestrel(kestrel => kestrel.Limits.MaxConcurrentConnections = 7))
                .Limits.MaxConcurrentConnections,
            Is.EqualTo(7));

    private static (double BytesPerSecond, TimeSpan Grace)? Rate(MinDataRate? rate) =>
        rate is null ? null : (rate.BytesPerSecond, rate.GracePeriod);

    private static T Configured<T>(Action<IWebHostBuilder>? more = null)
        where T : class
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureUsageReportingKestrel();
        more?.Invoke(builder.WebHost);
        using WebApplication app = builder.Build();
        return app.Services.GetRequiredService<IOptions<T>>().Value;
    }
}
