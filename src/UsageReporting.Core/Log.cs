using Microsoft.Extensions.Logging;

namespace UsageReporting.Core;

/// <summary>
/// What the library says to the host's log, ids 1000 to 1999. Never a value, an id, an address, nor the message of an
/// exception, which may quote any of these.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Warning, "The usage collector {Collector} failed with {Exception}; its fields are left out.")]
    public static partial void CollectorFailed(ILogger logger, string collector, string exception);

    [LoggerMessage(1001, LogLevel.Warning, "The usage collector {Collector} took longer than {Seconds} s; its fields are left out.")]
    public static partial void CollectorTooSlow(ILogger logger, string collector, double seconds);

    [LoggerMessage(1002, LogLevel.Warning, "The usage collector {Collector} yielded {Count} values outside their declarations; they are dropped.")]
    public static partial void ValuesDropped(ILogger logger, string collector, int count);

    [LoggerMessage(1003, LogLevel.Warning, "The report sink {Sink} failed with {Exception}.")]
    public static partial void SinkFailed(ILogger logger, string sink, string exception);

    [LoggerMessage(1004, LogLevel.Warning, "Usage reporting could not reach what it keeps: {Exception}.")]
    public static partial void StateFailed(ILogger logger, string exception);

    [LoggerMessage(1005, LogLevel.Warning, "The consent prompt failed with {Exception}; that counts as No.")]
    public static partial void PromptFailed(ILogger logger, string exception);

    [LoggerMessage(1006, LogLevel.Error, "Usage reporting failed with {Exception}, which is a mistake in the library.")]
    public static partial void ReportFailed(ILogger logger, string exception);

    [LoggerMessage(1007, LogLevel.Warning, "The id that the application had before is no version 4 UUID; a new one takes its place.")]
    public static partial void ExistingIdNotTaken(ILogger logger);

    [LoggerMessage(1008, LogLevel.Warning, "The application failed with {Exception} to say which id it had before; nothing is sent.")]
    public static partial void ExistingIdFailed(ILogger logger, string exception);

    [LoggerMessage(1009, LogLevel.Warning, "The application failed with {Exception} to say what was chosen; reporting is off.")]
    public static partial void ExistingConsentFailed(ILogger logger, string exception);

    [LoggerMessage(1010, LogLevel.Warning, "Usage reporting beside this run failed with {Exception}; nothing was asked, and nothing is sent.")]
    public static partial void RunFailed(ILogger logger, string exception);

    [LoggerMessage(1011, LogLevel.Information, "Usage reporting: {State} ({Because}).")]
    public static partial void Decided(ILogger logger, string state, string because);

    [LoggerMessage(1012, LogLevel.Warning, "The application's indicator of usage reporting failed with {Exception}.")]
    public static partial void IndicatorFailed(ILogger logger, string exception);

    [LoggerMessage(1013, LogLevel.Warning, "{Server} is not asked any more to erase what it was sent: it has not answered for longer than a server keeps reports.")]
    public static partial void ErasureGivenUp(ILogger logger, string server);

    [LoggerMessage(1020, LogLevel.Warning, "What was counted could not be taken over, because of {Exception}; it is tried again.")]
    public static partial void TalliesFailed(ILogger logger, string exception);

    [LoggerMessage(1021, LogLevel.Warning, "{Count} tallies were dropped, because no field declares what they count; later ones are dropped silently.")]
    public static partial void TalliesDropped(ILogger logger, long count);
}
