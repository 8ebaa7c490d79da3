-- A database as version 3 left it: that of version 2, migrated.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
PRAGMA application_id=1431521106;
PRAGMA user_version=3;
CREATE TABLE installations (
    product TEXT NOT NULL,
    id TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    report_sha256 BLOB NOT NULL,
    PRIMARY KEY (product, id)
) WITHOUT ROWID;
INSERT INTO installations VALUES('paperless-ngx','a1b2c3d4-e5f6-4890-abcd-ef1234567890','2026-05-18T12:00:00Z','2026-05-18T12:00:00Z',X'cf23c798952dbed4da1c7e18e534d7a5d140f5d8a88ca47e24b1715101a05b9b');
INSERT INTO installations VALUES('paperless-ngx','b1b2c3d4-e5f6-4890-abcd-ef1234567890','2026-05-18T12:00:00Z','2026-05-18T12:00:00Z',X'968770c7fa7852e45ee50fc34c2fbf4df5f7d456c9879cf083de2c7e869a095d');
INSERT INTO installations VALUES('printernizer','a1b2c3d4-e5f6-4890-abcd-ef1234567890','2026-05-18T12:00:00Z','2026-05-18T12:00:00Z',X'efc68404d5481df37e12bdb8d352373b890fa2854163c3775bf5699c6a0ed494');
CREATE TABLE report_values (
    product TEXT NOT NULL,
    report_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    key TEXT NOT NULL,
    value,
    PRIMARY KEY (product, report_id, field, key)
) WITHOUT ROWID;
INSERT INTO report_values VALUES('printernizer',1,'error_summary','total_errors',0);
INSERT INTO report_values VALUES('printernizer',1,'printer_fleet.printer_type_counts','klipper',1);
INSERT INTO report_values VALUES('printernizer',1,'printer_fleet.printer_type_counts','prusa_mk4',2);
INSERT INTO report_values VALUES('printernizer',1,'printer_fleet.printer_types','klipper',NULL);
INSERT INTO report_values VALUES('printernizer',1,'printer_fleet.printer_types','prusa_mk4',NULL);
CREATE TABLE readiness (id INTEGER PRIMARY KEY CHECK (id = 1), checked INTEGER NOT NULL);
INSERT INTO readiness VALUES(1,0);
CREATE TABLE IF NOT EXISTS "reports_paperless_ngx" (id INTEGER PRIMARY KEY, received TEXT NOT NULL, "uuid" TEXT, "version" TEXT, "channel" TEXT, "commit" TEXT, "build_date" TEXT, "install_type" TEXT, "arch" TEXT, "python" TEXT, "database" TEXT, "doc_bucket" TEXT, "multi_user" INTEGER, "feature_mail" INTEGER, "feature_ai" INTEGER);
INSERT INTO reports_paperless_ngx VALUES(1,'2026-05-18T12:00:00Z','a1b2c3d4-e5f6-4890-abcd-ef1234567890','2.15.0','beta','bd86dca57','2026-05-18T12:00:00Z','docker','x86_64','3.12.1','postgresql','1000-9999',1,1,0);
INSERT INTO reports_paperless_ngx VALUES(2,'2026-05-18T12:00:00Z','b1b2c3d4-e5f6-4890-abcd-ef1234567890','2.15.0','beta','bd86dca57','2026-05-18T12:00:00Z','docker','x86_64','3.12.1','postgresql','1000-9999',1,1,0);
CREATE TABLE IF NOT EXISTS "reports_printernizer" (id INTEGER PRIMARY KEY, received TEXT NOT NULL, "installation_installation_id" TEXT, "schema_version" TEXT, "installation_first_seen" TEXT, "installation_app_version" TEXT, "installation_python_version" TEXT, "installation_platform" TEXT, "installation_deployment_mode" TEXT, "installation_country_code" TEXT, "period_start" TEXT, "period_end" TEXT, "period_duration_days" INTEGER, "printer_fleet_printer_count" INTEGER, "usage_stats_job_count" INTEGER, "usage_stats_file_count" INTEGER, "usage_stats_upload_count" INTEGER, "usage_stats_uptime_hours" INTEGER, "usage_stats_feature_usage_library_enabled" INTEGER, "usage_stats_feature_usage_timelapse_enabled" INTEGER, "usage_stats_feature_usage_auto_job_creation_enabled" INTEGER, "erasure_key" TEXT);
INSERT INTO reports_printernizer VALUES(1,'2026-05-18T12:00:00Z','a1b2c3d4-e5f6-4890-abcd-ef1234567890','1.0',NULL,'2.9.1',NULL,'linux','docker','DE','2026-05-11T00:00:00Z','2026-05-18T00:00:00Z',7,3,12,NULL,NULL,NULL,1,NULL,NULL,'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef');
CREATE TABLE fields (
    product TEXT NOT NULL,
    field TEXT NOT NULL,
    form TEXT NOT NULL,
    PRIMARY KEY (product, field)
) WITHOUT ROWID;
INSERT INTO fields VALUES('paperless-ngx','arch','TEXT');
INSERT INTO fields VALUES('paperless-ngx','build_date','TEXT');
INSERT INTO fields VALUES('paperless-ngx','channel','TEXT');
INSERT INTO fields VALUES('paperless-ngx','commit','TEXT');
INSERT INTO fields VALUES('paperless-ngx','database','TEXT');
INSERT INTO fields VALUES('paperless-ngx','doc_bucket','TEXT');
INSERT INTO fields VALUES('paperless-ngx','feature_ai','INTEGER');
INSERT INTO fields VALUES('paperless-ngx','feature_mail','INTEGER');
INSERT INTO fields VALUES('paperless-ngx','install_type','TEXT');
INSERT INTO fields VALUES('paperless-ngx','multi_user','INTEGER');
INSERT INTO fields VALUES('paperless-ngx','python','TEXT');
INSERT INTO fields VALUES('paperless-ngx','uuid','TEXT');
INSERT INTO fields VALUES('paperless-ngx','version','TEXT');
INSERT INTO fields VALUES('printernizer','erasure_key','TEXT');
INSERT INTO fields VALUES('printernizer','installation_app_version','TEXT');
INSERT INTO fields VALUES('printernizer','installation_country_code','TEXT');
INSERT INTO fields VALUES('printernizer','installation_deployment_mode','TEXT');
INSERT INTO fields VALUES('printernizer','installation_first_seen','TEXT');
INSERT INTO fields VALUES('printernizer','installation_installation_id','TEXT');
INSERT INTO fields VALUES('printernizer','installation_platform','TEXT');
INSERT INTO fields VALUES('printernizer','installation_python_version','TEXT');
INSERT INTO fields VALUES('printernizer','period_duration_days','INTEGER');
INSERT INTO fields VALUES('printernizer','period_end','TEXT');
INSERT INTO fields VALUES('printernizer','period_start','TEXT');
INSERT INTO fields VALUES('printernizer','printer_fleet_printer_count','INTEGER');
INSERT INTO fields VALUES('printernizer','schema_version','TEXT');
INSERT INTO fields VALUES('printernizer','usage_stats_feature_usage_auto_job_creation_enabled','INTEGER');
INSERT INTO fields VALUES('printernizer','usage_stats_feature_usage_library_enabled','INTEGER');
INSERT INTO fields VALUES('printernizer','usage_stats_feature_usage_timelapse_enabled','INTEGER');
INSERT INTO fields VALUES('printernizer','usage_stats_file_count','INTEGER');
INSERT INTO fields VALUES('printernizer','usage_stats_job_count','INTEGER');
INSERT INTO fields VALUES('printernizer','usage_stats_upload_count','INTEGER');
INSERT INTO fields VALUES('printernizer','usage_stats_uptime_hours','INTEGER');
CREATE TABLE nonces (
    product TEXT NOT NULL,
    nonce TEXT NOT NULL,
    received TEXT NOT NULL,
    report_sha256 BLOB NOT NULL,
    PRIMARY KEY (product, nonce)
) WITHOUT ROWID;
CREATE INDEX ix_nonces_received ON nonces (product, received);
CREATE INDEX "ix_reports_paperless_ngx_uuid" ON "reports_paperless_ngx" ("uuid");
CREATE INDEX "ix_reports_printernizer_installation_installation_id" ON "reports_printernizer" ("installation_installation_id");
CREATE VIEW reports AS SELECT * FROM "reports_paperless_ngx";
COMMIT;
