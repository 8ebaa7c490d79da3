using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace UsageReporting;

/// <summary>
/// Tells a host how its reporting is doing: <c>services.AddHealthChecks().AddCheck&lt;UsageReportingHealthCheck&gt;("usage")</c>.
/// It is never unhealthy, because a host that cannot report works as well as before; degraded means that somebody should
/// look at the set-up.
/// </summary>
/// <param name="reporter">The application's reporter.</param>
public sealed class UsageReportingHealthCheck(UsageReporter reporter) : IHealthCheck
{
    /// <summary>
    /// Degraded where the latest report of this process found no place, lacked a required value, or was not accepted as it
    /// is; healthy otherwise, also where reporting is off or nothing was reached. Touches no network.
    /// </summary>
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        UsageStatus status = await reporter.GetStatusAsync().ConfigureAwait(false);
        Dictionary<string, object> data = new()
        {
            ["state"] = status.Decision.State.ToString().ToLowerInvariant(),
            ["because"] = status.Decision.Because,
            ["unanswered"] = status.IsWaiting,
        };
        string? wrong = reporter.LastOutcome switch
        {
            // Not the place itself, which may name a person.
            ReportOutcome.NoPlace => "What must last could not be kept.",
            ReportOutcome.Incomplete incomplete => $"{incomplete.Label} has no value.",
            ReportOutcome.NotAccepted { Result: DeliveryResult.Rejected } => "The report was refused as it is.",
            ReportOutcome.NotAccepted { Result: DeliveryResult.Unauthorized } => "The key was refused.",
            _ => null,
        };
        return wrong is null ? HealthCheckResult.Healthy(data: data) : HealthCheckResult.Degraded(wrong, data: data);
    }
}
