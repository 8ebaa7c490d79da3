namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// What the database holds beside the products' tables, as numbered steps. <c>PRAGMA user_version</c> says how many
/// have been taken; a step that was released is never changed.
/// </summary>
internal static class SqliteMigrations
{
    /// <summary>"USGR": by <c>PRAGMA application_id</c> the file is known as one of this server.</summary>
    public const int ApplicationId = 0x55534752;

    public static IReadOnlyList<string> Steps { get; } =
    [
        // 1. The row of an installation decides whether its report is a duplicate.
        """
        CREATE TABLE installations (
            product TEXT NOT NULL,
            id TEXT NOT NULL,
            first_seen TEXT NOT NULL,
            last_seen TEXT NOT NULL,
            report_sha256 BLOB NOT NULL,
            PRIMARY KEY (product, id)
        ) WITHOUT ROWID;

        CREATE TABLE report_values (
            product TEXT NOT NULL,
            report_id INTEGER NOT NULL,
            field TEXT NOT NULL,
            key TEXT NOT NULL,
            value,
            PRIMARY KEY (product, report_id, field, key)
        ) WITHOUT ROWID;

        CREATE TABLE readiness (id INTEGER PRIMARY KEY CHECK (id = 1), checked INTEGER NOT NULL);
        INSERT INTO readiness (id, checked) VALUES (1, 0);
        """,
    ];
}
