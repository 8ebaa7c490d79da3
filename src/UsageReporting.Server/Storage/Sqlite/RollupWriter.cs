using System.Globalization;
using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Writes the numbers of one window, and which of them are for everybody.</summary>
internal static class RollupWriter
{
    private const string Tables = "rollups rollup_fields rollup_values rollup_quartiles rollup_pairs";

    public static void Write(SqliteConnection connection, Product product, Rollup rollup, ReportChanges changes, DateTimeOffset now)
    {
        string[] key = [product.Name, SqliteNames.Interval(rollup.Window.Kind), rollup.Window.ToString()];
        foreach (string table in Tables.Split(' '))
        {
            SqliteText.Run(connection, $"DELETE FROM {table} WHERE product = $1 AND interval = $2 AND window = $3", key);
        }

        Insert(connection, "rollups", [.. key, rollup.Installs, rollup.Held, changes.Came, DateField.Write(now), changes.Went, rollup.Ephemeral]);
        foreach (FieldRollup field in rollup.Fields)
        {
            object[] ofField = [.. key, field.Field];
            Insert(connection, "rollup_fields", [.. ofField, field.SmallValues, field.SmallInstalls]);
            foreach (Cell cell in field.Cells)
            {
                Insert(connection, "rollup_values", [.. ofField, cell.Value, cell.Installs]);
            }

            foreach (Quartiles of in field.Quartiles)
            {
                Insert(connection, "rollup_quartiles", [.. ofField, of.Word, of.Installs, of.Lower, of.Median, of.Upper]);
            }
        }

        foreach (PairRollup pair in rollup.Pairs)
        {
            foreach (PairCell cell in pair.Cells)
            {
                Insert(connection, "rollup_pairs", [.. key, pair.Name, cell.Row, cell.Column, cell.Installs]);
            }
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
