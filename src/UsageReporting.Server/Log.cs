using Microsoft.Extensions.Logging;

namespace UsageReporting.Server;

/// <summary>Everything that the server logs: never a value, an id or an address. Ids 2000 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2200, LogLevel.Error, "{Writes} writes could not be stored and were answered with 503.")]
    public static partial void BatchFailed(ILogger logger, int writes, Exception exception);

    [LoggerMessage(2201, LogLevel.Information, "The database is open again.")]
    public static partial void Reopened(ILogger logger);
}
