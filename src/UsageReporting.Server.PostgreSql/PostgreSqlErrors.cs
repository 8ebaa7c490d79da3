using Npgsql;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Which errors mean that a transaction was rolled back for certain and may be tried again as it is.</summary>
internal static class PostgreSqlErrors
{
    /// <summary>How often a transaction is tried in all.</summary>
    public const int Attempts = 5;

    /// <summary>Whether another transaction was in the way: a deadlock, or an engine that wants it serial.</summary>
    public static bool IsConflict(Exception e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    /// <summary>Whether two servers made the same object at once, which "if not exists" does not prevent.</summary>
    public static bool IsMadeTwice(Exception e) => e is PostgresException
    {
        SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject,
    };

    /// <summary>Whether the connection is gone, for another reason than that it was waited for too long.</summary>
    public static bool IsLostConnection(Exception e) => e is NpgsqlException { IsTransient: true, InnerException: not TimeoutException };
}
