using Microsoft.Data.Sqlite;

namespace QuickStart;

/// <summary>Reads the server's database as any SQL tool would.</summary>
internal static class StoredRows
{
    public static void Print(string database)
    {
        using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM reports";
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            for (int column = 0; column < row.FieldCount; column++)
            {
                Console.WriteLine($"  {row.GetName(column),-12} : {row.GetValue(column)}");
            }
        }
    }
}
