using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;

namespace UsageReporting.Tests.Server;

/// <summary>What stores and jobs measure with where nobody listens.</summary>
internal static class Unmeasured
{
    public static StoreMetrics Store => new(Meters());

    public static RollupMetrics Rollups(TimeProvider time) => new(Meters(), time);

    private static IMeterFactory Meters() =>
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
}
