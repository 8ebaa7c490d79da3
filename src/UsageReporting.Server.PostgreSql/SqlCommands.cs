using Npgsql;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Runs single statements; parameters are $1, $2 and so on.</summary>
internal static class SqlCommands
{
    /// <returns>How many rows it changed.</returns>
    public static Task<int> RunAsync(NpgsqlConnection connection, string sql) => RunAsync(connection, sql, Array.Empty<NpgsqlParameter>());

    /// <inheritdoc cref="RunAsync(NpgsqlConnection, string)"/>
    public static Task<int> RunAsync(NpgsqlConnection connection, string sql, params string[] values) =>
        RunAsync(connection, sql, [.. values.Select(Arrays.Of)]);

    /// <inheritdoc cref="RunAsync(NpgsqlConnection, string)"/>
    public static async Task<int> RunAsync(NpgsqlConnection connection, string sql, params NpgsqlParameter[] values)
    {
        await using NpgsqlCommand command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first value of the first row; null where there is none.</summary>
    public static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, params NpgsqlParameter[] values)
    {
        await using NpgsqlCommand command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? value : null;
    }

    // Constants of ours; names come from schemas, whose names are letters, digits and underscores, and are quoted.
#pragma warning disable CA2100
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, NpgsqlParameter[] values)
    {
        NpgsqlCommand command = new(sql, connection);
        command.Parameters.AddRange(values);
        return command;
    }
#pragma warning restore CA2100
}
