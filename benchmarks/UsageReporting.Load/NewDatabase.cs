using Npgsql;

namespace UsageReporting.Load;

/// <summary>Makes databases of PostgreSQL that are empty; whoever measures drops them with their cluster.</summary>
internal static class NewDatabase
{
    public static string Make(string connectionString)
    {
        string name = $"usage_load_{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}";
        using NpgsqlConnection connection = new(connectionString);
        connection.Open();
#pragma warning disable CA2100 // A name of our own.
        using NpgsqlCommand create = new($"CREATE DATABASE {name}", connection);
#pragma warning restore CA2100
        create.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ToString();
    }
}
