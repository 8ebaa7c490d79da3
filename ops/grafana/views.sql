-- Read-only views over the numbers, for Grafana or any SQL tool: sqlite3 usage.db < views.sql
-- They show what the server keeps: values that at least ten have, but without what the publication folds beyond that.

CREATE VIEW IF NOT EXISTS stats_installs AS
SELECT product, interval, window, installs, held FROM rollups;

-- Made anew: it had the versions of words, too, which have a view of their own.
DROP VIEW IF EXISTS stats_values;
CREATE VIEW stats_values AS
SELECT v.product, v.interval, v.window, v.field, v.value, v.installs, round(1.0 * v.installs / r.installs, 4) AS share
FROM rollup_values AS v
JOIN rollups AS r ON r.product = v.product AND r.interval = v.interval AND r.window = v.window
WHERE v.field NOT LIKE '!_%' ESCAPE '!' AND v.field NOT LIKE '%/%';

CREATE VIEW IF NOT EXISTS stats_new AS
SELECT product, interval, window, installs FROM rollup_values
WHERE (field = '_new' AND value = 'true') OR (field = '_first_seen' AND value = window)
   OR (field = 'first_ever' AND value = 'true');

CREATE VIEW IF NOT EXISTS stats_cohorts AS
SELECT product, window, value AS first_seen, installs FROM rollup_values WHERE interval = 'month' AND field = '_first_seen';

CREATE VIEW IF NOT EXISTS stats_quartiles AS
SELECT product, interval, window, field, word, installs, lower, median, upper FROM rollup_quartiles;

-- By version of each word of a versions field.
CREATE VIEW IF NOT EXISTS stats_versions AS
SELECT product, interval, window, substr(field, 1, instr(field, '/') - 1) AS field, substr(field, instr(field, '/') + 1) AS word,
    value AS version, installs
FROM rollup_values WHERE field LIKE '%/%';

-- Two fields together. What is kept of them is what is published, too.
CREATE VIEW IF NOT EXISTS stats_pairs AS
SELECT product, interval, window, pair, row_value, column_value, installs FROM rollup_pairs;
