-- Texts are compared by their bytes, as in SQLite, whatever the database's own language is. Each key has the id of the
-- installation in it where there is one, so that rows can be distributed by it.

CREATE SEQUENCE report_ids;

-- The row of an installation decides whether its report is a duplicate.
CREATE TABLE installations (
    product TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    first_seen TEXT COLLATE "C" NOT NULL,
    last_seen TEXT COLLATE "C" NOT NULL,
    report_sha256 BYTEA NOT NULL,
    held BIGINT NOT NULL,
    erasure_key TEXT COLLATE "C",
    PRIMARY KEY (product, id)
);

-- A report without an id is known by its nonce, for one window; the index finds those whose window is over.
CREATE TABLE nonces (
    product TEXT COLLATE "C" NOT NULL,
    nonce TEXT COLLATE "C" NOT NULL,
    received TEXT COLLATE "C" NOT NULL,
    report_sha256 BYTEA NOT NULL,
    PRIMARY KEY (product, nonce)
);
CREATE INDEX ix_nonces_received ON nonces (product, received);

-- Entries of sets, counts and versions; the installation is the id or the nonce of the report.
CREATE TABLE report_values (
    product TEXT COLLATE "C" NOT NULL,
    report_id BIGINT NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C",
    installation TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (product, report_id, field, key, installation)
);

CREATE TABLE readiness (id BIGINT PRIMARY KEY CHECK (id = 1), checked BIGINT NOT NULL);
INSERT INTO readiness (id, checked) VALUES (1, 0);

-- The form in which a field's values are stored stays what it was.
CREATE TABLE fields (
    product TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    form TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (product, field)
);

-- Where the reports of a day lie, or those that name a week or month.
CREATE TABLE report_spans (
    product TEXT COLLATE "C" NOT NULL,
    span TEXT COLLATE "C" NOT NULL,
    first_id BIGINT NOT NULL,
    last_id BIGINT NOT NULL,
    came BIGINT NOT NULL,
    went BIGINT NOT NULL DEFAULT 0,
    gone BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (product, span)
);

-- The numbers, which stay for ever.
CREATE TABLE rollups (
    product TEXT COLLATE "C" NOT NULL,
    interval TEXT COLLATE "C" NOT NULL,
    "window" TEXT COLLATE "C" NOT NULL,
    installs BIGINT,
    held BIGINT NOT NULL,
    came BIGINT NOT NULL,
    made TEXT COLLATE "C" NOT NULL,
    went BIGINT NOT NULL,
    ephemeral BIGINT,
    PRIMARY KEY (product, interval, "window")
);

CREATE TABLE rollup_fields (
    product TEXT COLLATE "C" NOT NULL,
    interval TEXT COLLATE "C" NOT NULL,
    "window" TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    small_values BIGINT NOT NULL,
    small_installs BIGINT NOT NULL,
    PRIMARY KEY (product, interval, "window", field)
);

CREATE TABLE rollup_values (
    product TEXT COLLATE "C" NOT NULL,
    interval TEXT COLLATE "C" NOT NULL,
    "window" TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    installs BIGINT NOT NULL,
    PRIMARY KEY (product, interval, "window", field, value)
);

CREATE TABLE rollup_quartiles (
    product TEXT COLLATE "C" NOT NULL,
    interval TEXT COLLATE "C" NOT NULL,
    "window" TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    installs BIGINT NOT NULL,
    lower BIGINT NOT NULL,
    median BIGINT NOT NULL,
    upper BIGINT NOT NULL,
    PRIMARY KEY (product, interval, "window", field, word)
);

CREATE TABLE rollup_pairs (
    product TEXT COLLATE "C" NOT NULL,
    interval TEXT COLLATE "C" NOT NULL,
    "window" TEXT COLLATE "C" NOT NULL,
    pair TEXT COLLATE "C" NOT NULL,
    row_value TEXT COLLATE "C" NOT NULL,
    column_value TEXT COLLATE "C" NOT NULL,
    installs BIGINT NOT NULL,
    PRIMARY KEY (product, interval, "window", pair, row_value, column_value)
);

CREATE TABLE published_fields (
    product TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    since TEXT COLLATE "C",
    PRIMARY KEY (product, field)
);

CREATE TABLE told (
    product TEXT COLLATE "C" NOT NULL,
    what TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (product, what)
);

-- Installs of packages. A client's install counts once in a bucket, and is added to the counters once.
CREATE TABLE package_installs (
    bucket BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    package TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    is_automatic BIGINT NOT NULL,
    received TEXT COLLATE "C" NOT NULL,
    is_counted BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (bucket, hash)
);
CREATE INDEX ix_package_installs_received ON package_installs (received);
CREATE INDEX ix_package_installs_to_count ON package_installs (received) WHERE is_counted = 0;

CREATE TABLE package_counters (
    package TEXT COLLATE "C" PRIMARY KEY,
    total BIGINT NOT NULL,
    last_30_days BIGINT NOT NULL,
    automatic_total BIGINT NOT NULL,
    automatic_last_30_days BIGINT NOT NULL,
    last_installed_at TEXT COLLATE "C"
);
CREATE INDEX ix_package_counters_total ON package_counters (total DESC, package);

CREATE TABLE package_months (
    package TEXT COLLATE "C" NOT NULL,
    month TEXT COLLATE "C" NOT NULL,
    installs BIGINT NOT NULL,
    automatic BIGINT NOT NULL,
    PRIMARY KEY (package, month)
);

-- Where the last 30 days begin in the counters, and when these were complete.
CREATE TABLE package_rollup (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    edge TEXT COLLATE "C" NOT NULL,
    as_of TEXT COLLATE "C"
);
INSERT INTO package_rollup (id, edge) VALUES (1, '');

-- How many marks of erased installations have been followed, of each file of marks.
CREATE TABLE erasures (marks TEXT COLLATE "C" PRIMARY KEY, followed BIGINT NOT NULL);

-- Which of several servers makes the numbers and deletes what is old, and until when, by the database's clock.
CREATE TABLE leases (name TEXT COLLATE "C" PRIMARY KEY, holder TEXT COLLATE "C" NOT NULL, until TIMESTAMPTZ NOT NULL);
