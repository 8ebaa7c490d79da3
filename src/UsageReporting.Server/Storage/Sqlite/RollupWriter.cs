using System.Globalization;
using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Writes the numbers of one window, and which of them are for everybody.</summary>
internal static class RollupWriter
{
    public static void Write(SqliteConnection connection, Product product, Rollup rollup, ReportChanges changes, DateTimeOffset now)
    {
        string[] key = RollupRows.Key(product, rollup.Window);
        foreach (string table in RollupRows.Tables)
        {
            SqliteText.Run(connection, $"DELETE FROM {table} WHERE product = $1 AND interval = $2 AND window = $3", key);
        }

        foreach ((string table, object?[] values) in RollupRows.Of(product, rollup, changes, now))
        {
            Insert(connection, table, values);
        }
    }

    public static void NotePublic(SqliteConnection connection, Product product, IReadOnlyDictionary<string, DateTimeOffset?> since)
    {
        foreach ((string field, DateTimeOffset? time) in since)
        {
            SqliteText.Run(connection, "DELETE FROM published_fields WHERE product = $1 AND field = $2", product.Name, field);
            Insert(connection, "published_fields", [product.Name, field, time is { } known ? DateField.Write(known) : null]);
        }
    }

    private static void Insert(SqliteConnection connection, string table, object?[] values)
    {
        using SqliteCommand command = connection.CreateCommand();
        string parameters = string.Join(", ", values.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1}")));
#pragma warning disable CA2100 // Names of our own tables.
        command.CommandText = $"INSERT INTO {table} VALUES ({parameters})";
#pragma warning restore CA2100
        foreach ((int i, object? value) in values.Index())
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), value ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }
}
