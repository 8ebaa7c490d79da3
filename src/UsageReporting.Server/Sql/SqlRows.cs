using System.Data.Common;
using System.Globalization;

namespace UsageReporting.Server.Sql;

/// <summary>Reads rows by SQL that every engine understands; parameters are @1, @2 and so on.</summary>
internal static class SqlRows
{
    public static async Task<List<T>> ReadAsync<T>(
        DbConnection connection, string sql, IEnumerable<string> values, Func<DbDataReader, T> read)
    {
        await using DbCommand command = Command(connection, sql, values);
        await using DbDataReader rows = await command.ExecuteReaderAsync();
        List<T> all = [];
        while (await rows.ReadAsync())
        {
            all.Add(read(rows));
        }

        return all;
    }

    // Names come from schemas, whose names are letters, digits and underscores, and are quoted.
#pragma warning disable CA2100
    private static DbCommand Command(DbConnection connection, string sql, IEnumerable<string> values)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((int i, string value) in values.Index())
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@{i + 1}");
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
#pragma warning restore CA2100
}
