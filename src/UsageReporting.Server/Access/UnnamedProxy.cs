using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace UsageReporting.Server.Access;

/// <summary>
/// Notices, once, that somebody speaks for others whom nobody named as a proxy: all installations behind it are taken for those of
/// one network, most of which are held back. One on this machine itself is of no network: that does harm only where networks are
/// limited, as then nobody is.
/// </summary>
/// <param name="isLimited">Whether networks are limited.</param>
/// <param name="logger">Hears of it.</param>
internal sealed class UnnamedProxy(bool isLimited, ILogger<UnnamedProxy> logger)
{
    // What was believed is taken away by ASP.NET Core, which leaves this in its place.
    private const string Believed = "X-Original-For";

    private static readonly string[] Spoken = ["X-Forwarded-For", "X-Real-IP", "Forwarded"];

    private int _isTold;

    public void LookAt(HttpRequest request)
    {
        if (_isTold == 0
            && request.HttpContext.Connection.RemoteIpAddress is { } peer && (isLimited || !IPAddress.IsLoopback(peer))
            && Spoken.Any(request.Headers.ContainsKey) && !request.Headers.ContainsKey(Believed)
            && Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            Log.ProxyNotNamed(logger);
        }
    }
}
