-- The tables that an office reads, over the views of the fold; for DuckDB and PostgreSQL alike.
-- What nobody has said is as in a notebook: a forum was held, a lesson is a draft.

DROP TABLE IF EXISTS names CASCADE;
CREATE TABLE names AS
SELECT rec, coalesce(
    max(CASE WHEN (kind = 'person' AND field = 'name') OR (kind = 'agency' AND field = 'short')
             OR (kind = 'series' AND field = 'title') THEN nullif(plain(value), '') END),
    max(CASE WHEN kind = 'agency' AND field = 'full' THEN plain(value) END)
) AS name
FROM fields WHERE kind IN ('person', 'agency', 'series') GROUP BY rec;

CREATE OR REPLACE VIEW turns_of AS
SELECT session, count(*) AS turns FROM standing WHERE kind = 'turn' GROUP BY session;

CREATE OR REPLACE VIEW evidence_of AS
SELECT rec, count(*) AS points FROM elements WHERE field = 'evidence' AND present GROUP BY rec;

DROP TABLE IF EXISTS sessions CASCADE;
CREATE TABLE sessions AS
SELECT s.rec AS session, max(CASE WHEN f.field = 'title' THEN plain(f.value) END) AS title,
       max(CASE WHEN f.field = 'date' THEN plain(f.value) END) AS date,
       max(CASE WHEN f.field = 'until' THEN plain(f.value) END) AS until,
       max(CASE WHEN f.field = 'place' THEN plain(f.value) END) AS place,
       max(n.name) AS series,
       max(CASE WHEN f.field = 'part' THEN plain(f.value) END) AS part,
       coalesce(max(CASE WHEN f.field = 'status' THEN plain(f.value) END), 'held') AS status,
       coalesce(max(t.turns), 0) AS turns,
       max(CASE WHEN f.field = 'no_lesson_because' THEN plain(f.value) END) AS no_lesson_because
FROM standing s LEFT JOIN fields f ON f.rec = s.rec LEFT JOIN turns_of t ON t.session = s.rec
LEFT JOIN names n ON f.field = 'series' AND n.rec = plain(f.value)
WHERE s.kind = 'session' GROUP BY s.rec;

CREATE OR REPLACE VIEW lessons AS
SELECT s.rec AS lesson, s.session, max(o.title) AS forum, max(o.date) AS date,
       max(o.place) AS place,
       max(CASE WHEN f.field = 'title' THEN plain(f.value) END) AS title,
       max(CASE WHEN f.field = 'expected' THEN plain(f.value) END) AS expected,
       max(CASE WHEN f.field = 'happened' THEN plain(f.value) END) AS happened,
       max(CASE WHEN f.field = 'why' THEN plain(f.value) END) AS why,
       max(CASE WHEN f.field = 'next' THEN plain(f.value) END) AS next,
       max(CASE WHEN f.field = 'kind' THEN plain(f.value) END) AS kind,
       coalesce(max(CASE WHEN f.field = 'status' THEN plain(f.value) END), 'draft') AS status,
       coalesce(max(e.points), 0) AS evidence
FROM standing s LEFT JOIN fields f ON f.rec = s.rec LEFT JOIN sessions o ON o.session = s.session
LEFT JOIN evidence_of e ON e.rec = s.rec
WHERE s.kind = 'lesson' GROUP BY s.rec, s.session;

CREATE OR REPLACE VIEW outcomes AS
SELECT s.rec AS outcome, s.session, max(o.title) AS forum, max(o.date) AS date,
       coalesce(max(CASE WHEN f.field = 'kind' THEN plain(f.value) END), 'decision') AS kind,
       max(CASE WHEN f.field = 'text' THEN plain(f.value) END) AS text,
       max(CASE WHEN f.field = 'owner' THEN n.name END) AS owner,
       max(CASE WHEN f.field = 'due' THEN plain(f.value) END) AS due,
       coalesce(max(CASE WHEN f.field = 'done' THEN plain(f.value) END), 'false') AS done,
       coalesce(max(e.points), 0) AS evidence
FROM standing s LEFT JOIN fields f ON f.rec = s.rec LEFT JOIN sessions o ON o.session = s.session
LEFT JOIN names n ON f.field = 'owner' AND n.rec = plain(f.value)
LEFT JOIN evidence_of e ON e.rec = s.rec
WHERE s.kind = 'outcome' GROUP BY s.rec, s.session;

CREATE OR REPLACE VIEW roles AS
SELECT s.session, max(o.title) AS forum, max(o.date) AS date, max(p.name) AS person,
       max(a.name) AS agency, e.element AS role,
       coalesce(max(plain(fh.value)), 'present') AS presence
FROM standing s JOIN elements e ON e.rec = s.rec AND e.field = 'roles' AND e.present
LEFT JOIN fields fp ON fp.rec = s.rec AND fp.field = 'person'
LEFT JOIN fields fa ON fa.rec = s.rec AND fa.field = 'agency'
LEFT JOIN fields fh ON fh.rec = s.rec AND fh.field = 'presence'
LEFT JOIN sessions o ON o.session = s.session
LEFT JOIN names p ON p.rec = plain(fp.value)
LEFT JOIN names a ON a.rec = plain(fa.value)
WHERE s.kind = 'attendance' GROUP BY s.rec, s.session, e.element;

-- What a forum must have, by the rules of `kmtui check`: who was absent recorded nothing, and a
-- forum that was not held needs neither a record nor a lesson.
CREATE OR REPLACE VIEW lacking AS
SELECT o.session, o.title AS forum, o.date, o.place, 'no_recorder' AS lacks
FROM sessions o WHERE o.status <> 'did_not_happen' AND NOT EXISTS (
    SELECT 1 FROM roles r WHERE r.session = o.session AND r.role = 'recorder'
    AND (r.presence IN ('present', 'on_behalf') OR (o.status <> 'held' AND r.presence <> 'absent')))
UNION ALL
SELECT o.session, o.title, o.date, o.place, 'no_turns'
FROM sessions o WHERE o.status = 'held' AND o.turns = 0
UNION ALL
SELECT o.session, o.title, o.date, o.place, 'no_lesson'
FROM sessions o WHERE o.status = 'held' AND trim(coalesce(o.no_lesson_because, '')) = ''
AND NOT EXISTS (SELECT 1 FROM lessons l WHERE l.session = o.session);

-- As the notebook asks: other values of a field of what stands, and deletions that wait.
CREATE OR REPLACE VIEW open_conflicts AS
SELECT c.rec AS record, o.title AS forum, c.field, plain(c.shown) AS shown,
       plain(c.other) AS other, c.dev AS laptop
FROM conflicts c JOIN standing s ON s.rec = c.rec LEFT JOIN sessions o ON o.session = c.session
UNION ALL
SELECT u.rec, plain(f.value), 'deleted', u.shown, u.other, NULL
FROM undecided u LEFT JOIN fields f ON f.rec = u.session AND f.field = 'title';
