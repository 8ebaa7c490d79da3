using Microsoft.Extensions.Logging;

namespace UsageReporting.Server;

/// <summary>Everything that the server logs: never a value, an installation's id, a key or an address. Ids 2000 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Information, "{What} of {Product}: allowed to the key {Key}.")]
    public static partial void KeyUsed(ILogger logger, string what, string product, string key);

    [LoggerMessage(2101, LogLevel.Error, "The keys are as they were, as their folder cannot be read.")]
    public static partial void KeysNotRead(ILogger logger, Exception exception);

    [LoggerMessage(2102, LogLevel.Error, "{File} in the folder of keys is left out: it is no key, or cannot be read.")]
    public static partial void NoKey(ILogger logger, string file);

    [LoggerMessage(2103, LogLevel.Information, "The operator's page: {What}, by the key {Key}.")]
    public static partial void OperatorDid(ILogger logger, string what, string key);

    [LoggerMessage(2104, LogLevel.Error, "What an operator was about to do could not be noted, and was not done.")]
    public static partial void AuditFailed(ILogger logger, Exception exception);

    [LoggerMessage(2105, LogLevel.Error, "The schemas of the products could not be kept for the operator's pages.")]
    public static partial void SchemaNotKept(ILogger logger, Exception exception);

    [LoggerMessage(2106, LogLevel.Error, "What an operator did could not be noted: {What}.")]
    public static partial void NotNoted(ILogger logger, Exception exception, string what);

    [LoggerMessage(2107, LogLevel.Warning, "A key was tried at the operator's pages that does not open them. This is said once a minute at most.")]
    public static partial void WrongKey(ILogger logger);

    [LoggerMessage(2200, LogLevel.Error, "{Writes} writes are not stored for certain and were answered with 503.")]
    public static partial void BatchFailed(ILogger logger, int writes, Exception exception);

    [LoggerMessage(2201, LogLevel.Information, "The database is open again.")]
    public static partial void Reopened(ILogger logger);

    [LoggerMessage(
        2202,
        LogLevel.Error,
        "Nothing can be stored until what is left of the removed database is safe: a reader's transaction or a full disk "
        + "is in the way.")]
    public static partial void LogNotEmptied(ILogger logger);

    [LoggerMessage(
        2203,
        LogLevel.Error,
        "The log beside the database was written for another file that stood in its place. It is now {Log}.")]
    public static partial void LogSetAside(ILogger logger, string log);

    [LoggerMessage(2204, LogLevel.Error, "The database could not be closed in order.")]
    public static partial void NotLeft(ILogger logger, Exception exception);

    [LoggerMessage(2205, LogLevel.Error, "Something could not be written. It is tried again soon.")]
    public static partial void NotWritten(ILogger logger, Exception exception);

    [LoggerMessage(2206, LogLevel.Error, "What was deleted may still stand in the database's file. It is tried again soon; this is said once.")]
    public static partial void RemainsNotCleared(ILogger logger, Exception exception);

    [LoggerMessage(
        2207,
        LogLevel.Warning,
        "What was deleted may stay in unused parts of the database's file until a VACUUM: with auto_vacuum, and in a file of more "
        + "than 33 million pages, they are not overwritten. This is said once.")]
    public static partial void RemainsStay(ILogger logger);

    [LoggerMessage(2300, LogLevel.Error, "The numbers of closed windows could not be made. They are tried again soon.")]
    public static partial void RollupsFailed(ILogger logger, Exception exception);

    [LoggerMessage(2301, LogLevel.Warning, "{Product}, {When}: {Number}, where {Expected} were expected.")]
    public static partial void AnomalyFound(ILogger logger, string product, string when, long number, long expected);

    [LoggerMessage(2302, LogLevel.Error, "Anomalies could not be looked for. They are looked for again soon.")]
    public static partial void AnomaliesFailed(ILogger logger, Exception exception);

    [LoggerMessage(2303, LogLevel.Warning, "The webhook answered with {Status}.")]
    public static partial void WebhookRefused(ILogger logger, int status);

    [LoggerMessage(2304, LogLevel.Warning, "The webhook could not be reached.")]
    public static partial void WebhookNotReached(ILogger logger);

    [LoggerMessage(2400, LogLevel.Error, "The host's package catalogue has thrown; the install was not counted.")]
    public static partial void CatalogFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        2500,
        LogLevel.Warning,
        "A report came with a header that speaks for another address, from somebody who is not named as a proxy. If that is a "
        + "proxy, name it: all installations behind it are taken for those of one network, or, if it is on this machine, of none. "
        + "This is said once.")]
    public static partial void ProxyNotNamed(ILogger logger);
}
