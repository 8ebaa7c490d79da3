using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace UsageReporting.Core.Identity;

/// <summary>An id that the host gave this installation before it used this library.</summary>
internal sealed class ExistingId(
    Func<IServiceProvider, CancellationToken, ValueTask<string?>> find,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<ExistingId> logger)
{
    /// <summary>The id; null where the host has none. False where that cannot be found out.</summary>
    /// <exception cref="OperationCanceledException">The host cancelled.</exception>
    public async Task<(bool IsKnown, string? Id)> FindAsync(CancellationToken cancellationToken)
    {
        string? found;
        try
        {
            found = await HostCode.RunAsync(
                token => Task.Run(() => FindInScopeAsync(token), CancellationToken.None),
                ClientLimits.CollectorTime,
                time,
                cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever the host throws, this one report is not sent.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ExistingIdFailed(logger, e.GetType().Name);
            return (false, null);
        }

        string? id = IdText.Read(found);
        if (found is not null && id is null)
        {
            Log.ExistingIdNotTaken(logger);
        }

        return (true, id);
    }

    private async Task<string?> FindInScopeAsync(CancellationToken cancellationToken)
    {
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            return await find(scope.ServiceProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
