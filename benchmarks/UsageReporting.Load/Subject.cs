namespace UsageReporting.Load;

/// <summary>What is measured, each in a server process of its own.</summary>
internal enum Subject
{
    /// <summary>The cheapest endpoint that gets the same requests: answers 204 and reads nothing.</summary>
    Empty,

    /// <summary>The report is received and validated, and accepted without being stored.</summary>
    Validation,

    /// <summary>The report of a new installation is stored.</summary>
    Durable,

    /// <summary>The report of an installation that has reported already.</summary>
    Duplicate,

    /// <summary>As <see cref="Durable"/>, by the same statements on one connection, with a transaction for each report.</summary>
    Unbatched,

    /// <summary>As <see cref="Durable"/>, as it is usually written: each request with a connection and a transaction of its own.</summary>
    OneTransactionARequest,

    /// <summary>As <see cref="OneTransactionARequest"/>, by somebody who has turned the write-ahead log on.</summary>
    OneTransactionInWal,

    /// <summary>A notification of one install by another client each, which is counted and stored.</summary>
    Downloads,

    /// <summary>As <see cref="Durable"/>, in a database of PostgreSQL.</summary>
    PostgreSql,

    /// <summary>As <see cref="PostgreSql"/>, with one prepared statement for each report, on a connection of the pool.</summary>
    OneStatementARequest,
}
