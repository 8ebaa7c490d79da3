using System.Globalization;
using Microsoft.Data.Sqlite;

namespace UsageReporting.Load;

/// <summary>A database as a server leaves it to which many installations have reported once within a week, in any order.</summary>
internal static class FilledDatabase
{
    public static void Create(string path, int installations, DateTimeOffset from)
    {
        // The server makes its own tables.
        ServerProcess.Start(Subject.Durable, path).Dispose();

        using SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = 0,
        }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        // With all of it in memory, random keys cost little, and pages are as full as random keys leave them.
        command.CommandText = """
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA cache_size = -8000000;

            INSERT INTO reports_paperless_ngx (
                received, uuid, version, channel, "commit", build_date, install_type, arch, python, "database",
                doc_bucket, multi_user, feature_mail, feature_ai, _first_seen, _held)
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $installations)
            SELECT
                strftime('%Y-%m-%dT%H:%M:%SZ', $from, (n % 604800) || ' seconds'),
                lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)
                    || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
                '2.15.0', 'beta', 'bd86dca57', '2026-05-18T12:00:00Z', 'docker', 'x86_64', '3.12.1', 'postgresql',
                '1000-9999', 1, 1, 0, substr($from, 1, 10), 0
            FROM numbers;

            INSERT INTO installations (product, id, first_seen, last_seen, report_sha256)
            SELECT 'paperless-ngx', uuid, received, received, randomblob(32) FROM reports_paperless_ngx;

            INSERT INTO installation_reports (product, installation, report_id)
            SELECT 'paperless-ngx', uuid, id FROM reports_paperless_ngx;
            INSERT INTO indexed_reports (product, last_id) SELECT 'paperless-ngx', max(id) FROM reports_paperless_ngx;
            """;
        command.Parameters.AddWithValue("$installations", installations);
        command.Parameters.AddWithValue("$from", from.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Tells a server of the reports, also one that is running: it counts them as soon as it looks for closed windows.
    /// </summary>
    public static void NoteReports(string path)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand read = connection.CreateCommand();
        read.CommandText = "SELECT substr(received, 1, 10), min(id), max(id), count(*) FROM reports_paperless_ngx GROUP BY 1";
        List<object[]> spans = [];
        using (SqliteDataReader rows = read.ExecuteReader())
        {
            while (rows.Read())
            {
                spans.Add([rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3)]);
            }
        }

        // The server waits for this, so that nothing is read in it.
        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach (object[] span in spans)
        {
            using SqliteCommand write = connection.CreateCommand();
            write.CommandText = "INSERT OR REPLACE INTO report_spans (product, span, first_id, last_id, came) VALUES ('paperless-ngx', $1, $2, $3, $4)";
            for (int i = 0; i < span.Length; i++)
            {
                write.Parameters.AddWithValue($"${i + 1}", span[i]);
            }

            write.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
