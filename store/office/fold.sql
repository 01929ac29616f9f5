-- The fold: what the change lines add up to. The same statements for DuckDB and PostgreSQL; the
-- rules are those of the notebook, and a test compares every field, element, deletion and conflict.

-- A value is replaced by a newer line of its record that names it as its base.
CREATE OR REPLACE VIEW replaced AS
SELECT rec, field, id AS newer, named.one AS older
FROM changes, unnest(string_to_array(base, ',')) AS named(one)
WHERE base <> '';

-- What nobody has replaced stands.
CREATE OR REPLACE VIEW heads AS
SELECT c.* FROM changes c
WHERE NOT EXISTS (
    SELECT 1 FROM replaced r
    WHERE r.rec = c.rec AND r.field = c.field AND r.older = c.id AND c.id < r.newer
);

-- What a deletion had in front of it; a record is deleted where that is all that stands in it.
CREATE OR REPLACE VIEW covered AS
SELECT rec, had.one AS id
FROM heads, unnest(string_to_array(seen, ',')) AS had(one)
WHERE field = '_deleted' AND value <> 'null' AND seen <> '';

CREATE OR REPLACE VIEW deleted AS
SELECT DISTINCT d.rec FROM heads d
WHERE d.field = '_deleted' AND d.value <> 'null' AND NOT EXISTS (
    SELECT 1 FROM heads h LEFT JOIN covered c ON c.rec = h.rec AND c.id = h.id
    WHERE h.rec = d.rec AND h.field <> '_deleted' AND c.id IS NULL
);

-- Elements of sets: one is there where any value that stands puts it in.
CREATE OR REPLACE VIEW elements AS
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

CREATE OR REPLACE VIEW fields AS
SELECT rec, kind, session, field, value, id, dev, who, time FROM plain_heads WHERE place = 1;

CREATE OR REPLACE VIEW conflicts AS
SELECT h.rec, h.kind, h.session, h.field, f.value AS shown, h.value AS other,
       max(h.id) AS id, max(h.dev) AS dev
FROM plain_heads h JOIN fields f ON f.rec = h.rec AND f.field = h.field
WHERE h.place > 1 AND h.value <> f.value
GROUP BY h.rec, h.kind, h.session, h.field, f.value, h.value;

-- Records that stand: neither they nor their forum are deleted.
CREATE OR REPLACE VIEW standing AS
SELECT DISTINCT f.rec, f.kind, f.session FROM fields f
WHERE f.rec NOT IN (SELECT rec FROM deleted) AND f.session NOT IN (SELECT rec FROM deleted);

-- The tables that an office reads.
CREATE OR REPLACE VIEW names AS
SELECT rec, max(CASE WHEN field IN ('name', 'short', 'title') THEN plain(value) END) AS name
FROM fields WHERE kind IN ('person', 'agency', 'series', 'session') GROUP BY rec;

CREATE OR REPLACE VIEW turns_of AS
SELECT session, count(*) AS turns FROM standing WHERE kind = 'turn' GROUP BY session;

CREATE OR REPLACE VIEW sessions AS
SELECT s.rec AS session, max(CASE WHEN f.field = 'title' THEN plain(f.value) END) AS title,
       max(CASE WHEN f.field = 'date' THEN plain(f.value) END) AS date,
       max(CASE WHEN f.field = 'place' THEN plain(f.value) END) AS place,
       max(CASE WHEN f.field = 'series' THEN plain(f.value) END) AS series,
       max(CASE WHEN f.field = 'part' THEN plain(f.value) END) AS part,
       max(CASE WHEN f.field = 'status' THEN plain(f.value) END) AS status,
       coalesce(max(t.turns), 0) AS turns
FROM standing s JOIN fields f ON f.rec = s.rec LEFT JOIN turns_of t ON t.session = s.rec
WHERE s.kind = 'session' GROUP BY s.rec;

CREATE OR REPLACE VIEW lessons AS
SELECT s.rec AS lesson, s.session, max(n.name) AS forum,
       max(CASE WHEN f.field = 'title' THEN plain(f.value) END) AS title,
       max(CASE WHEN f.field = 'why' THEN plain(f.value) END) AS why,
       max(CASE WHEN f.field = 'next' THEN plain(f.value) END) AS next,
       max(CASE WHEN f.field = 'kind' THEN plain(f.value) END) AS kind,
       max(CASE WHEN f.field = 'status' THEN plain(f.value) END) AS status
FROM standing s JOIN fields f ON f.rec = s.rec LEFT JOIN names n ON n.rec = s.session
WHERE s.kind = 'lesson' GROUP BY s.rec, s.session;

CREATE OR REPLACE VIEW outcomes AS
SELECT s.rec AS outcome, s.session, max(n.name) AS forum,
       max(CASE WHEN f.field = 'kind' THEN plain(f.value) END) AS kind,
       max(CASE WHEN f.field = 'text' THEN plain(f.value) END) AS text,
       max(CASE WHEN f.field = 'owner' THEN o.name END) AS owner,
       max(CASE WHEN f.field = 'due' THEN plain(f.value) END) AS due,
       max(CASE WHEN f.field = 'done' THEN plain(f.value) END) AS done
FROM standing s JOIN fields f ON f.rec = s.rec LEFT JOIN names n ON n.rec = s.session
LEFT JOIN names o ON f.field = 'owner' AND o.rec = plain(f.value)
WHERE s.kind = 'outcome' GROUP BY s.rec, s.session;

CREATE OR REPLACE VIEW roles AS
SELECT s.session, max(n.name) AS forum, max(p.name) AS person, max(a.name) AS agency,
       e.element AS role
FROM standing s JOIN elements e ON e.rec = s.rec AND e.field = 'roles' AND e.present
LEFT JOIN fields fp ON fp.rec = s.rec AND fp.field = 'person'
LEFT JOIN fields fa ON fa.rec = s.rec AND fa.field = 'agency'
LEFT JOIN names n ON n.rec = s.session
LEFT JOIN names p ON p.rec = plain(fp.value)
LEFT JOIN names a ON a.rec = plain(fa.value)
WHERE s.kind = 'attendance' GROUP BY s.rec, s.session, e.element;

CREATE OR REPLACE VIEW open_conflicts AS
SELECT c.rec AS record, n.name AS forum, c.field, plain(c.shown) AS shown, plain(c.other) AS other,
       c.dev AS laptop
FROM conflicts c JOIN standing s ON s.rec = c.rec LEFT JOIN names n ON n.rec = c.session;
