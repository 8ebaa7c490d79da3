using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Downloads;

/// <summary>
/// Takes Composer's notifications and counts them. Whatever is sent and whatever goes wrong, Composer is told that all is
/// well: it could do nothing about it, does not ask again, and somebody waits for it.
/// </summary>
internal sealed class DownloadIntake(
    IPackageCatalog catalog,
    IPackageStore store,
    IOptions<DownloadsOptions> options,
    TimeProvider time,
    PackageRollupSignal signal,
    DownloadMetrics metrics,
    ILogger<DownloadIntake> logger)
    : IDisposable
{
    private static readonly byte[] Ok = """{"status":"ok"}"""u8.ToArray();

    private readonly ClientHash _clients = new();
    private readonly int _window = options.Value.WindowSeconds;
    private readonly SemaphoreSlim _room = new(ServerLimits.WaitingNotifications);

    public async Task TakeAsync(HttpContext context)
    {
        if (await ReadAsync(context.Request) is { } installs)
        {
            await CountAsync(installs);
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Ok.Length;
        await context.Response.BodyWriter.WriteAsync(Ok, context.RequestAborted);
    }

    private async ValueTask<IncomingInstalls?> ReadAsync(HttpRequest request)
    {
        NotificationReader read = await NotificationBody.ReadAsync(request);
        metrics.Malformed(read.Malformed);
        List<NotifiedInstall> notified = [.. read.Installs.Where(install => Counts(install.Package))];
        metrics.Unknown(read.Installs.Count - notified.Count);
        return notified.Count == 0 ? null : Incoming(request, notified);
    }

    private IncomingInstalls Incoming(HttpRequest request, List<NotifiedInstall> notified)
    {
        DateTimeOffset now = StoredTime.Now(time);
        long bucket = now.ToUnixTimeSeconds() / _window * _window;
        string userAgent = request.Headers.UserAgent.ToString();
        byte[] client = _clients.Of(bucket, request.HttpContext.Connection.RemoteIpAddress, userAgent);
        return new IncomingInstalls(
            now,
            bucket,
            ComposerAgent.IsAutomatic(userAgent),
            notified.ConvertAll(install => new PackageInstall(
                install.Package, install.Version, ClientHash.OfInstall(client, install.Package, install.Version))));
    }

    public void Dispose() => _room.Dispose();

    private async Task CountAsync(IncomingInstalls installs)
    {
        if (!await HasRoomAsync())
        {
            metrics.Dropped(installs.Installs.Count);
            return;
        }

        // A commit is waited for; a disk that hangs is not.
        Task storing = StoreAsync(installs);
        await storing.WaitAsync(ServerLimits.NotificationPatience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async ValueTask<bool> HasRoomAsync()
    {
        if (_room.Wait(0))
        {
            return true;
        }

        using CancellationTokenSource patience = new(ServerLimits.NotificationRoomWithin, time);
        try
        {
            await _room.WaitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task StoreAsync(IncomingInstalls installs)
    {
        int? stored = await store.CountAsync(installs);
        _room.Release();
        if (stored is not { } counted)
        {
            metrics.Dropped(installs.Installs.Count);
            return;
        }

        metrics.Counted(counted);
        metrics.Repeated(installs.Installs.Count - counted);
        if (counted > 0)
        {
            signal.Set();
        }
    }

    private bool Counts(string package)
    {
        try
        {
            return catalog.Counts(package);
        }
        catch (Exception e)
        {
            Log.CatalogFailed(logger, e);
            return false;
        }
    }
}
