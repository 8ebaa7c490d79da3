using Microsoft.Data.Sqlite;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Storage.Sqlite;

/// <summary>A database as the server's first version left it.</summary>
internal static class Version1
{
    public static void Make(string path)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // A file of this project.
        command.CommandText = "PRAGMA journal_mode = WAL;\n" + File.ReadAllText(RepositoryRoot.Combine(
            "tests", "UsageReporting.Tests", "Server", "Storage", "Sqlite", "version-1.sql"));
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
