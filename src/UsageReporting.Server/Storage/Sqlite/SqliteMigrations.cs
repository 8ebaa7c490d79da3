using Microsoft.Data.Sqlite;

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

        // 2. The form in which a field's values are stored stays what it was. Tables of before have told it by their
        // columns; what stands in report_values is learnt from the next schema.
        """
        CREATE TABLE fields (
            product TEXT NOT NULL,
            field TEXT NOT NULL,
            form TEXT NOT NULL,
            PRIMARY KEY (product, field)
        ) WITHOUT ROWID;

        INSERT INTO fields (product, field, form)
        SELECT replace(substr(t.name, length('reports_') + 1), '_', '-'), c.name, c.type
        FROM sqlite_master AS t, pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND t.name LIKE 'reports!_%' ESCAPE '!' AND c.name NOT IN ('id', 'received');
        """,

        // 3. A report without an id is known by its nonce, for one window; the index finds those whose window is over.
        """
        CREATE TABLE nonces (
            product TEXT NOT NULL,
            nonce TEXT NOT NULL,
            received TEXT NOT NULL,
            report_sha256 BLOB NOT NULL,
            PRIMARY KEY (product, nonce)
        ) WITHOUT ROWID;

        CREATE INDEX ix_nonces_received ON nonces (product, received);
        """,

        // 4. The numbers that stay for ever, and what they are made by: where the reports of a day lie, and which
        // installations are not believed yet. Reports of before are found by their days.
        """
        ALTER TABLE installations ADD COLUMN held INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE report_spans (
            product TEXT NOT NULL,
            span TEXT NOT NULL,
            first_id INTEGER NOT NULL,
            last_id INTEGER NOT NULL,
            changes INTEGER NOT NULL,
            gone INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (product, span)
        ) WITHOUT ROWID;

        CREATE TABLE rollups (
            product TEXT NOT NULL,
            interval TEXT NOT NULL,
            window TEXT NOT NULL,
            installs INTEGER,
            held INTEGER NOT NULL,
            changes INTEGER NOT NULL,
            made TEXT NOT NULL,
            PRIMARY KEY (product, interval, window)
        ) WITHOUT ROWID;

        CREATE TABLE rollup_fields (
            product TEXT NOT NULL,
            interval TEXT NOT NULL,
            window TEXT NOT NULL,
            field TEXT NOT NULL,
            small_values INTEGER NOT NULL,
            small_installs INTEGER NOT NULL,
            PRIMARY KEY (product, interval, window, field)
        ) WITHOUT ROWID;

        CREATE TABLE rollup_values (
            product TEXT NOT NULL,
            interval TEXT NOT NULL,
            window TEXT NOT NULL,
            field TEXT NOT NULL,
            value TEXT NOT NULL,
            installs INTEGER NOT NULL,
            PRIMARY KEY (product, interval, window, field, value)
        ) WITHOUT ROWID;

        CREATE TABLE rollup_quartiles (
            product TEXT NOT NULL,
            interval TEXT NOT NULL,
            window TEXT NOT NULL,
            field TEXT NOT NULL,
            word TEXT NOT NULL,
            installs INTEGER NOT NULL,
            lower INTEGER NOT NULL,
            median INTEGER NOT NULL,
            upper INTEGER NOT NULL,
            PRIMARY KEY (product, interval, window, field, word)
        ) WITHOUT ROWID;
        """,

        // 5. Installs of packages, and the counters that they are moved into. A client's install counts once in a bucket.
        """
        CREATE TABLE package_installs (
            id INTEGER PRIMARY KEY,
            package TEXT NOT NULL,
            version TEXT NOT NULL,
            is_automatic INTEGER NOT NULL,
            received TEXT NOT NULL,
            bucket INTEGER NOT NULL,
            hash BLOB NOT NULL,
            UNIQUE (bucket, hash)
        );
        CREATE INDEX ix_package_installs_received ON package_installs (received);

        CREATE TABLE package_counters (
            package TEXT PRIMARY KEY,
            total INTEGER NOT NULL,
            last_30_days INTEGER NOT NULL,
            automatic_total INTEGER NOT NULL,
            automatic_last_30_days INTEGER NOT NULL,
            last_installed_at TEXT
        ) WITHOUT ROWID;

        CREATE TABLE package_months (
            package TEXT NOT NULL,
            month TEXT NOT NULL,
            installs INTEGER NOT NULL,
            automatic INTEGER NOT NULL,
            PRIMARY KEY (package, month)
        ) WITHOUT ROWID;

        -- Which installs are in the counters, and where the last 30 days begin.
        CREATE TABLE package_rollup (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            counted_to INTEGER NOT NULL,
            edge TEXT NOT NULL,
            as_of TEXT
        );
        INSERT INTO package_rollup (id, counted_to, edge) VALUES (1, 0, '');
        """,

        // 6. Reports that came and those that were deleted are counted apart. With the view, what the tables' triggers
        // count is made anew.
        """
        DROP VIEW IF EXISTS reports;

        ALTER TABLE report_spans RENAME COLUMN changes TO came;
        ALTER TABLE report_spans ADD COLUMN went INTEGER NOT NULL DEFAULT 0;

        ALTER TABLE rollups RENAME COLUMN changes TO came;
        ALTER TABLE rollups ADD COLUMN went INTEGER NOT NULL DEFAULT 0;
        """,

        // 7. Reports from where nothing lasts are counted apart, from now on.
        "ALTER TABLE rollups ADD COLUMN ephemeral INTEGER",

        // 8. Numbers of two fields together; since when each field is published, NULL while it is not; what somebody was told
        // of, as that is done once; and packages by what is counted of them. With the view, the tables' triggers are made anew, which
        // delete a report's entries with it.
        """
        DROP VIEW IF EXISTS reports;

        CREATE TABLE rollup_pairs (
            product TEXT NOT NULL,
            interval TEXT NOT NULL,
            window TEXT NOT NULL,
            pair TEXT NOT NULL,
            row_value TEXT NOT NULL,
            column_value TEXT NOT NULL,
            installs INTEGER NOT NULL,
            PRIMARY KEY (product, interval, window, pair, row_value, column_value)
        ) WITHOUT ROWID;

        CREATE TABLE published_fields (
            product TEXT NOT NULL,
            field TEXT NOT NULL,
            since TEXT,
            PRIMARY KEY (product, field)
        ) WITHOUT ROWID;

        CREATE TABLE told (
            product TEXT NOT NULL,
            what TEXT NOT NULL,
            PRIMARY KEY (product, what)
        ) WITHOUT ROWID;

        CREATE INDEX ix_package_counters_total ON package_counters (total DESC, package);
        """,

        // 9. The fingerprint of what erases an installation; how many marks of erased ones the database has followed, and whether
        // something may be left of deleted rows in its file.
        """
        ALTER TABLE installations ADD COLUMN erasure_key TEXT;

        CREATE TABLE erasures (id INTEGER PRIMARY KEY CHECK (id = 1), followed INTEGER NOT NULL, remains INTEGER NOT NULL);
        INSERT INTO erasures (id, followed, remains) VALUES (1, 0, 1);
        """,

        // 10. What an operator has set aside, which is not counted, and the fields that are on no public page.
        """
        CREATE TABLE quarantines (
            product TEXT NOT NULL,
            id TEXT NOT NULL,
            since TEXT NOT NULL,
            until TEXT NOT NULL,
            field TEXT NOT NULL,
            value TEXT NOT NULL,
            made TEXT NOT NULL,
            PRIMARY KEY (product, id)
        ) WITHOUT ROWID;

        CREATE TABLE hidden_fields (
            product TEXT NOT NULL,
            field TEXT NOT NULL,
            PRIMARY KEY (product, field)
        ) WITHOUT ROWID;
        """,

        // 11. By which an installation's reports are found, up to a row number. With the view, the tables' own indexes go and
        // their triggers are made anew.
        """
        DROP VIEW IF EXISTS reports;

        CREATE TABLE installation_reports (
            product TEXT NOT NULL,
            installation TEXT NOT NULL,
            report_id INTEGER NOT NULL,
            PRIMARY KEY (product, installation, report_id)
        ) WITHOUT ROWID;

        CREATE TABLE indexed_reports (product TEXT PRIMARY KEY, last_id INTEGER NOT NULL) WITHOUT ROWID;
        """,
    ];

    /// <summary>
    /// Takes the steps that are left, each in a transaction together with its number: a server that is killed in one
    /// leaves what it found there.
    /// </summary>
    public static void Run(SqliteConnection connection, int version)
    {
        for (int step = version; step < Steps.Count; step++)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            SqliteText.Run(connection, Steps[step]);
            SqliteText.Run(connection, $"PRAGMA application_id = {ApplicationId}");
            SqliteText.Run(connection, $"PRAGMA user_version = {step + 1}");
            transaction.Commit();
        }
    }
}
