using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace UsageReporting.Core.Collection;

/// <summary>
/// Runs the collectors, each in a scope of its own and within its time. The one place where what a collector throws is
/// contained.
/// </summary>
internal sealed class CollectionRunner(
    IEnumerable<CollectorRegistration> registrations,
    IServiceScopeFactory scopes,
    UsageMetrics metrics,
    TimeProvider time,
    ILogger<CollectionRunner> logger)
{
    public async Task<CollectedValues> CollectAsync(ConsentDecision decision, CancellationToken cancellationToken)
    {
        Dictionary<string, JsonNode> values = new(StringComparer.Ordinal);
        List<LeftOutField> leftOut = [];
        foreach (CollectorRegistration registration in registrations.Where(registration => registration.Create is not null))
        {
            UsageField[] allowed = [.. registration.Fields.Where(decision.Allows)];
            if (allowed.Length > 0)
            {
                await CollectAsync(registration, allowed, values, leftOut, cancellationToken).ConfigureAwait(false);
            }
        }

        return new CollectedValues(values, leftOut);
    }

    private async Task CollectAsync(
        CollectorRegistration registration,
        UsageField[] allowed,
        Dictionary<string, JsonNode> values,
        List<LeftOutField> leftOut,
        CancellationToken cancellationToken)
    {
        UsageValues yielded = new(registration.Fields);
        long start = time.GetTimestamp();
        LeftOutReason? failure = await RunAsync(registration, yielded, cancellationToken).ConfigureAwait(false);
        metrics.Collected(registration.Name, time.GetElapsedTime(start));
        (IReadOnlyDictionary<string, JsonNode> taken, IReadOnlyCollection<string> dropped) = yielded.Close();
        if (dropped.Count > 0)
        {
            Log.ValuesDropped(logger, registration.Name, dropped.Count);
        }

        leftOut.AddRange(yielded.LeftOut.Where(left => failure is null && allowed.Contains(left.Field)));
        foreach (UsageField field in allowed)
        {
            if (failure is { } reason)
            {
                leftOut.Add(new LeftOutField(field, reason));
                continue;
            }

            if (dropped.Contains(field.Name))
            {
                leftOut.Add(new LeftOutField(field, LeftOutReason.Undeclared));
            }

            if (taken.TryGetValue(field.Name, out JsonNode? value))
            {
                values[field.Name] = value;
            }
        }
    }

    // Why the collector's fields are left out, or null when it did its work.
    private async Task<LeftOutReason?> RunAsync(
        CollectorRegistration registration, UsageValues values, CancellationToken cancellationToken)
    {
        try
        {
            await HostCode.RunAsync(
                token => Task.Run(() => CollectInScopeAsync(registration, values, token), CancellationToken.None),
                ClientLimits.CollectorTime,
                time,
                cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (TimeoutException)
        {
            Log.CollectorTooSlow(logger, registration.Name, ClientLimits.CollectorTime.TotalSeconds);
            return LeftOutReason.TooSlow;
        }
#pragma warning disable CA1031 // Whatever a collector throws costs its own fields and nothing else.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.CollectorFailed(logger, registration.Name, e.GetType().Name);
            return LeftOutReason.Failed;
        }
    }

    private async Task CollectInScopeAsync(
        CollectorRegistration registration, UsageValues values, CancellationToken cancellationToken)
    {
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            await registration.Create!(scope.ServiceProvider).CollectAsync(values, cancellationToken).ConfigureAwait(false);
        }
    }
}
