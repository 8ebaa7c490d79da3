using Microsoft.Data.Sqlite;

namespace UsageReporting.EndToEndTests;

/// <summary>Reads a server's database beside the server, as a maintainer does.</summary>
internal static class StoredReports
{
    /// <summary>The rows of a query, column name to value.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(string database, string sql)
    {
        using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        List<IReadOnlyDictionary<string, object?>> rows = [];
        while (reader.Read())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount)
                .ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
        }

        return rows;
    }
}
