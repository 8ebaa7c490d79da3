using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;

namespace UsageReporting.Tests.Server.Rollups;

/// <summary>An engine's stores on one database.</summary>
internal sealed record OpenedStores(IReportStore Reports, IRollupStore Rollups, IRetentionStore Retention, IOperatorStore Operators, Func<Task> CloseAsync);
