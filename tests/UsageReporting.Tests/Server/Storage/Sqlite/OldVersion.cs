using Microsoft.Data.Sqlite;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Storage.Sqlite;

/// <summary>A database as an earlier version of the server left it.</summary>
internal static class OldVersion
{
    public static void Make(string path, int version)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // A file of this project.
        command.CommandText = "PRAGMA journal_mode = WAL;\n" + File.ReadAllText(RepositoryRoot.Combine(
            "tests", "UsageReporting.Tests", "Server", "Storage", "Sqlite", $"version-{version}.sql"));
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
