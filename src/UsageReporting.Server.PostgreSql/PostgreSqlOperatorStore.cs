using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Measures the database, all that is in it.</summary>
internal sealed class PostgreSqlOperatorStore(PostgreSqlDatabase database) : IOperatorStore
{
    public Task<long> MeasureAsync() => database.ReadAsync(async connection =>
        (long)(await SqlCommands.ScalarAsync(connection, "SELECT pg_database_size(current_database())"))!);
}
