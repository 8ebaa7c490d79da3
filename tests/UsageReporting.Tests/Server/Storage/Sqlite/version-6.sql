-- A database as version 6 left it: that of version 3, migrated, with the numbers of a week and the counters of a package.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
PRAGMA application_id=1431521106;
PRAGMA user_version=6;
CREATE TABLE fields (
    product TEXT NOT NULL,
    field TEXT NOT NULL,
    form TEXT NOT NULL,
    PRIMARY KEY (product, field)
) WITHOUT ROWID;
INSERT INTO "fields" VALUES('paperless-ngx','_first_seen','TEXT');
INSERT INTO "fields" VALUES('paperless-ngx','_held','INTEGER');
INSERT INTO "fields" VALUES('paperless-ngx','arch','TEXT');
INSERT INTO "fields" VALUES('paperless-ngx','build_date','TEXT');
INSERT INTO "fields" VALUES('paperless-ngx','channel','TEXT');
INSERT INTO "fields" VALUES('paperless-ngx','commit','TEXT');
INSERT INTO "fields" VALUES('paperless-ngx','database','TEXT');
INSERT INTO "fields" VALUES('paperless-ngx','doc_bucket','TEXT');
INSERT INTO "fields" VALUES('paperless-ngx','feature_ai','INTEGER');
INSERT INTO "fields" VALUES('paperless-ngx','feature_mail','INTEGER');
INSERT INTO "fields" VALUES('paperless-ngx','install_type','TEXT');
INSERT INTO "fields" VALUES('paperless-ngx','multi_user','INTEGER');
INSERT INTO "fields" VALUES('paperless-ngx','python','TEXT');
INSERT INTO "fields" VALUES('paperless-ngx','uuid','TEXT');
INSERT INTO "fields" VALUES('paperless-ngx','version','TEXT');
INSERT INTO "fields" VALUES('printernizer','_first_seen','TEXT');
INSERT INTO "fields" VALUES('printernizer','_held','INTEGER');
INSERT INTO "fields" VALUES('printernizer','erasure_key','TEXT');
INSERT INTO "fields" VALUES('printernizer','installation_app_version','TEXT');
INSERT INTO "fields" VALUES('printernizer','installation_country_code','TEXT');
INSERT INTO "fields" VALUES('printernizer','installation_deployment_mode','TEXT');
INSERT INTO "fields" VALUES('printernizer','installation_first_seen','TEXT');
INSERT INTO "fields" VALUES('printernizer','installation_installation_id','TEXT');
INSERT INTO "fields" VALUES('printernizer','installation_platform','TEXT');
INSERT INTO "fields" VALUES('printernizer','installation_python_version','TEXT');
INSERT INTO "fields" VALUES('printernizer','period_duration_days','INTEGER');
INSERT INTO "fields" VALUES('printernizer','period_end','TEXT');
INSERT INTO "fields" VALUES('printernizer','period_start','TEXT');
INSERT INTO "fields" VALUES('printernizer','printer_fleet_printer_count','INTEGER');
INSERT INTO "fields" VALUES('printernizer','schema_version','TEXT');
INSERT INTO "fields" VALUES('printernizer','usage_stats_feature_usage_auto_job_creation_enabled','INTEGER');
INSERT INTO "fields" VALUES('printernizer','usage_stats_feature_usage_library_enabled','INTEGER');
INSERT INTO "fields" VALUES('printernizer','usage_stats_feature_usage_timelapse_enabled','INTEGER');
INSERT INTO "fields" VALUES('printernizer','usage_stats_file_count','INTEGER');
INSERT INTO "fields" VALUES('printernizer','usage_stats_job_count','INTEGER');
INSERT INTO "fields" VALUES('printernizer','usage_stats_upload_count','INTEGER');
INSERT INTO "fields" VALUES('printernizer','usage_stats_uptime_hours','INTEGER');
CREATE TABLE installations (
    product TEXT NOT NULL,
    id TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    report_sha256 BLOB NOT NULL, held INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (product, id)
) WITHOUT ROWID;
INSERT INTO "installations" VALUES('paperless-ngx','a1b2c3d4-e5f6-4890-abcd-ef1234567890','2026-05-18T12:00:00Z','2026-05-18T12:00:00Z',X'CF23C798952DBED4DA1C7E18E534D7A5D140F5D8A88CA47E24B1715101A05B9B',0);
INSERT INTO "installations" VALUES('paperless-ngx','b1b2c3d4-e5f6-4890-abcd-ef1234567890','2026-05-18T12:00:00Z','2026-05-18T12:00:00Z',X'968770C7FA7852E45EE50FC34C2FBF4DF5F7D456C9879CF083DE2C7E869A095D',0);
INSERT INTO "installations" VALUES('printernizer','a1b2c3d4-e5f6-4890-abcd-ef1234567890','2026-05-18T12:00:00Z','2026-05-18T12:00:00Z',X'EFC68404D5481DF37E12BDB8D352373B890FA2854163C3775BF5699C6A0ED494',0);
CREATE TABLE nonces (
    product TEXT NOT NULL,
    nonce TEXT NOT NULL,
    received TEXT NOT NULL,
    report_sha256 BLOB NOT NULL,
    PRIMARY KEY (product, nonce)
) WITHOUT ROWID;
CREATE TABLE package_counters (
    package TEXT PRIMARY KEY,
    total INTEGER NOT NULL,
    last_30_days INTEGER NOT NULL,
    automatic_total INTEGER NOT NULL,
    automatic_last_30_days INTEGER NOT NULL,
    last_installed_at TEXT
) WITHOUT ROWID;
INSERT INTO "package_counters" VALUES('wp-plugin/akismet',3,2,1,0,'2026-05-18T12:00:00Z');
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
CREATE TABLE package_months (
    package TEXT NOT NULL,
    month TEXT NOT NULL,
    installs INTEGER NOT NULL,
    automatic INTEGER NOT NULL,
    PRIMARY KEY (package, month)
) WITHOUT ROWID;
CREATE TABLE package_rollup (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    counted_to INTEGER NOT NULL,
    edge TEXT NOT NULL,
    as_of TEXT
);
INSERT INTO "package_rollup" VALUES(1,0,'',NULL);
CREATE TABLE readiness (id INTEGER PRIMARY KEY CHECK (id = 1), checked INTEGER NOT NULL);
INSERT INTO "readiness" VALUES(1,0);
CREATE TABLE report_spans (
    product TEXT NOT NULL,
    span TEXT NOT NULL,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL,
    came INTEGER NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0, went INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (product, span)
) WITHOUT ROWID;
INSERT INTO "report_spans" VALUES('paperless-ngx','2026-05-18',1,2,2,0,0);
INSERT INTO "report_spans" VALUES('printernizer','2026-05-18',1,1,1,0,0);
CREATE TABLE report_values (
    product TEXT NOT NULL,
    report_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    key TEXT NOT NULL,
    value,
    PRIMARY KEY (product, report_id, field, key)
) WITHOUT ROWID;
INSERT INTO "report_values" VALUES('printernizer',1,'error_summary','total_errors',0);
INSERT INTO "report_values" VALUES('printernizer',1,'printer_fleet.printer_type_counts','klipper',1);
INSERT INTO "report_values" VALUES('printernizer',1,'printer_fleet.printer_type_counts','prusa_mk4',2);
INSERT INTO "report_values" VALUES('printernizer',1,'printer_fleet.printer_types','klipper',NULL);
INSERT INTO "report_values" VALUES('printernizer',1,'printer_fleet.printer_types','prusa_mk4',NULL);
CREATE TABLE "reports_paperless_ngx" (id INTEGER PRIMARY KEY, received TEXT NOT NULL, "uuid" TEXT, "version" TEXT, "channel" TEXT, "commit" TEXT, "build_date" TEXT, "install_type" TEXT, "arch" TEXT, "python" TEXT, "database" TEXT, "doc_bucket" TEXT, "multi_user" INTEGER, "feature_mail" INTEGER, "feature_ai" INTEGER, _first_seen TEXT, _held INTEGER);
INSERT INTO "reports_paperless_ngx" VALUES(1,'2026-05-18T12:00:00Z','a1b2c3d4-e5f6-4890-abcd-ef1234567890','2.15.0','beta','bd86dca57','2026-05-18T12:00:00Z','docker','x86_64','3.12.1','postgresql','1000-9999',1,1,0,NULL,NULL);
INSERT INTO "reports_paperless_ngx" VALUES(2,'2026-05-18T12:00:00Z','b1b2c3d4-e5f6-4890-abcd-ef1234567890','2.15.0','beta','bd86dca57','2026-05-18T12:00:00Z','docker','x86_64','3.12.1','postgresql','1000-9999',1,1,0,NULL,NULL);
CREATE TABLE "reports_printernizer" (id INTEGER PRIMARY KEY, received TEXT NOT NULL, "installation_installation_id" TEXT, "schema_version" TEXT, "installation_first_seen" TEXT, "installation_app_version" TEXT, "installation_python_version" TEXT, "installation_platform" TEXT, "installation_deployment_mode" TEXT, "installation_country_code" TEXT, "period_start" TEXT, "period_end" TEXT, "period_duration_days" INTEGER, "printer_fleet_printer_count" INTEGER, "usage_stats_job_count" INTEGER, "usage_stats_file_count" INTEGER, "usage_stats_upload_count" INTEGER, "usage_stats_uptime_hours" INTEGER, "usage_stats_feature_usage_library_enabled" INTEGER, "usage_stats_feature_usage_timelapse_enabled" INTEGER, "usage_stats_feature_usage_auto_job_creation_enabled" INTEGER, "erasure_key" TEXT, _first_seen TEXT, _held INTEGER);
INSERT INTO "reports_printernizer" VALUES(1,'2026-05-18T12:00:00Z','a1b2c3d4-e5f6-4890-abcd-ef1234567890','1.0',NULL,'2.9.1',NULL,'linux','docker','DE','2026-05-11T00:00:00Z','2026-05-18T00:00:00Z',7,3,12,NULL,NULL,NULL,1,NULL,NULL,'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',NULL,NULL);
CREATE TABLE rollup_fields (
    product TEXT NOT NULL,
    interval TEXT NOT NULL,
    window TEXT NOT NULL,
    field TEXT NOT NULL,
    small_values INTEGER NOT NULL,
    small_installs INTEGER NOT NULL,
    PRIMARY KEY (product, interval, window, field)
) WITHOUT ROWID;
INSERT INTO "rollup_fields" VALUES('paperless-ngx','week','2026-W20','channel',0,0);
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
CREATE TABLE rollup_values (
    product TEXT NOT NULL,
    interval TEXT NOT NULL,
    window TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    installs INTEGER NOT NULL,
    PRIMARY KEY (product, interval, window, field, value)
) WITHOUT ROWID;
INSERT INTO "rollup_values" VALUES('paperless-ngx','week','2026-W20','channel','beta',25);
INSERT INTO "rollup_values" VALUES('paperless-ngx','week','2026-W20','channel','stable',15);
CREATE TABLE rollups (
    product TEXT NOT NULL,
    interval TEXT NOT NULL,
    window TEXT NOT NULL,
    installs INTEGER,
    held INTEGER NOT NULL,
    came INTEGER NOT NULL,
    made TEXT NOT NULL, went INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (product, interval, window)
) WITHOUT ROWID;
INSERT INTO "rollups" VALUES('paperless-ngx','week','2026-W20',40,0,40,'2026-05-18T00:00:05Z',0);
CREATE INDEX ix_nonces_received ON nonces (product, received);
CREATE INDEX "ix_reports_paperless_ngx_uuid" ON "reports_paperless_ngx" ("uuid");
CREATE INDEX "ix_reports_printernizer_installation_installation_id" ON "reports_printernizer" ("installation_installation_id");
CREATE INDEX ix_package_installs_received ON package_installs (received);
CREATE TRIGGER "erased_reports_paperless_ngx" AFTER DELETE ON "reports_paperless_ngx" BEGIN
    UPDATE report_spans SET went = went + 1
    WHERE product = 'paperless-ngx' AND span IN (substr(OLD.received, 1, 10));
END;
CREATE TRIGGER "erased_reports_printernizer" AFTER DELETE ON "reports_printernizer" BEGIN
    UPDATE report_spans SET went = went + 1
    WHERE product = 'printernizer' AND span IN (substr(OLD.received, 1, 10));
END;
CREATE VIEW reports AS SELECT "id", "received", "uuid", "version", "channel", "commit", "build_date", "install_type", "arch", "python", "database", "doc_bucket", "multi_user", "feature_mail", "feature_ai" FROM "reports_paperless_ngx";
COMMIT;
