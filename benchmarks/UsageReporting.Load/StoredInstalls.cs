using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace UsageReporting.Load;

/// <summary>Holds that what was answered was also stored: a dropped install would be answered the same.</summary>
internal static class StoredInstalls
{
    // What waits for a slow disk was answered before.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Verify(string database, long answered)
    {
        Stopwatch since = Stopwatch.StartNew();
        while (Count(database) is var stored && stored != answered)
        {
            if (since.Elapsed > Patience)
            {
                throw new InvalidOperationException($"{answered} installs were answered and {stored} are stored.");
            }

            Thread.Sleep(100);
        }
    }

    private static long Count(string database)
    {
        using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM package_installs";
        return (long)command.ExecuteScalar()!;
    }
}
