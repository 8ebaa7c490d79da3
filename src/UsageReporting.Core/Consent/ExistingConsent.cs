using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace UsageReporting.Core.Consent;

/// <summary>A choice that a person made in the host before it used this library.</summary>
internal sealed class ExistingConsent(
    Func<IServiceProvider, CancellationToken, ValueTask<ConsentChoice?>> find,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<ExistingConsent> logger)
{
    /// <summary>The choice, or null where there is none. False where that cannot be found out.</summary>
    public async Task<(bool IsKnown, ConsentChoice? Choice)> FindAsync()
    {
        try
        {
            return (true, await HostCode.RunAsync(
                token => Task.Run(() => FindInScopeAsync(token), CancellationToken.None),
                ClientLimits.CollectorTime,
                time,
                CancellationToken.None).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // Whatever the host throws, what is not known means off.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ExistingConsentFailed(logger, e.GetType().Name);
            return (false, null);
        }
    }

    private async Task<ConsentChoice?> FindInScopeAsync(CancellationToken cancellationToken)
    {
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            return await find(scope.ServiceProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
