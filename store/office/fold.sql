-- The fold: what the change lines add up to. The same statements for DuckDB and PostgreSQL; the
-- rules are those of the notebook, and a test compares every field, element, deletion and conflict.
-- What is asked for more than once is a table; run it again when lines have come in.

-- A value is replaced by a newer line of its record that names it as its base.
CREATE OR REPLACE VIEW replaced AS
SELECT rec, field, id AS newer, named.one AS older
FROM changes, unnest(string_to_array(base, ',')) AS named(one)
WHERE base <> '';

-- What nobody has replaced stands.
DROP TABLE IF EXISTS heads CASCADE;
CREATE TABLE heads AS
SELECT c.* FROM changes c
WHERE NOT EXISTS (
    SELECT 1 FROM replaced r
    WHERE r.rec = c.rec AND r.field = c.field AND r.older = c.id AND c.id < r.newer
);

-- What a deletion had in front of it; a record is deleted where that is all that stands in it.
CREATE OR REPLACE VIEW deletions AS
SELECT * FROM heads WHERE field = '_deleted' AND value <> 'null';

CREATE OR REPLACE VIEW covered AS
SELECT DISTINCT rec, had.one AS id
FROM deletions, unnest(string_to_array(seen, ',')) AS had(one)
WHERE seen <> '';

DROP TABLE IF EXISTS deleted CASCADE;
CREATE TABLE deleted AS
SELECT DISTINCT d.rec FROM deletions d
WHERE NOT EXISTS (
    SELECT 1 FROM heads h LEFT JOIN covered c ON c.rec = h.rec AND c.id = h.id
    WHERE h.rec = d.rec AND h.field <> '_deleted' AND c.id IS NULL
);

-- Elements of sets: one is there where any value that stands puts it in.
DROP TABLE IF EXISTS elements CASCADE;
CREATE TABLE elements AS
SELECT rec, split_part(field, '/', 1) AS field, substr(field, strpos(field, '/') + 1) AS element,
       bool_or(value <> 'null') AS present
FROM heads WHERE strpos(field, '/') > 0
GROUP BY rec, field;

-- Plain fields: the newest value that stands is shown; others that differ are conflicts.
CREATE OR REPLACE VIEW plain_heads AS
SELECT h.*, row_number() OVER (PARTITION BY h.rec, h.field ORDER BY h.id DESC) AS place
FROM heads h
WHERE strpos(h.field, '/') = 0 AND h.field <> '_deleted' AND NOT EXISTS (
    SELECT 1 FROM elements e WHERE e.rec = h.rec AND e.field = h.field
);

DROP TABLE IF EXISTS fields CASCADE;
CREATE TABLE fields AS
SELECT rec, kind, session, field, value, id, dev, who, time FROM plain_heads WHERE place = 1;

DROP TABLE IF EXISTS conflicts CASCADE;
CREATE TABLE conflicts AS
SELECT h.rec, h.kind, h.session, h.field, f.value AS shown, h.value AS other,
       max(h.id) AS id, max(h.dev) AS dev
FROM plain_heads h JOIN fields f ON f.rec = h.rec AND f.field = h.field
WHERE h.place > 1 AND h.value <> f.value
GROUP BY h.rec, h.kind, h.session, h.field, f.value, h.value;

-- Records that stand: neither they nor their forum are deleted.
CREATE OR REPLACE VIEW undeleted AS
SELECT DISTINCT h.rec, h.kind, h.session FROM heads h
WHERE h.field <> '_deleted' AND NOT EXISTS (SELECT 1 FROM deleted d WHERE d.rec = h.rec);

DROP TABLE IF EXISTS standing CASCADE;
CREATE TABLE standing AS
SELECT u.* FROM undeleted u
WHERE NOT EXISTS (SELECT 1 FROM deleted d WHERE d.rec = u.session);

-- Deletions that wait for a person: of a record that was edited apart, and of a forum inside which
-- somebody wrote apart. A deletion that names the first id of all has named what it saw inside.
CREATE OR REPLACE VIEW undecided AS
SELECT DISTINCT d.rec, d.session, 'false' AS shown, 'true' AS other
FROM deletions d JOIN standing s ON s.rec = d.rec
UNION ALL
SELECT DISTINCT d.rec, d.session, 'true' AS shown, 'false' AS other
FROM deleted g JOIN deletions d ON d.rec = g.rec
JOIN undeleted u ON u.session = d.rec AND u.rec <> d.rec
JOIN heads h ON h.rec = u.rec AND h.field <> '_deleted'
LEFT JOIN covered c ON c.rec = d.rec AND c.id = h.id
WHERE c.id IS NULL AND NOT EXISTS (
    SELECT 1 FROM deletions o
    WHERE o.rec = d.rec AND strpos(o.seen, '01JGFJJZ000000000000000000') = 0
);
