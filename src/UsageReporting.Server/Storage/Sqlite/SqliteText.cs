using Microsoft.Data.Sqlite;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Runs SQL that is needed once, when a database is opened or left; parameters are $1, $2 and so on.</summary>
internal static class SqliteText
{
    public static object? Value(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = Command(connection, sql);
        return command.ExecuteScalar();
    }

    public static void Run(SqliteConnection connection, string sql, params ReadOnlySpan<string> values)
    {
        using SqliteCommand command = Command(connection, sql, values);
        command.ExecuteNonQuery();
    }

    // Names come from schemas, whose names are letters, digits and underscores, and are quoted.
#pragma warning disable CA2100
    public static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<string> values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        return command;
    }
#pragma warning restore CA2100
}
