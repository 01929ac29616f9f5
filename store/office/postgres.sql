-- PostgreSQL: a table for the packed lines (kmtui office FOLDER -o office.csv), and the value of a
-- text of JSON. Ids are compared letter by letter, hence the collation. A text cannot hold a NUL.
--   psql -f postgres.sql, then  \copy changes from office.csv csv header,  then  psql -f fold.sql
CREATE TABLE IF NOT EXISTS changes (
    id text COLLATE "C", rec text COLLATE "C", kind text, session text COLLATE "C", field text,
    value text, base text, seen text, dev text, who text, time text
);
CREATE INDEX IF NOT EXISTS changes_of_record ON changes (rec, field);
CREATE OR REPLACE FUNCTION plain(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN strpos(value, '\u0000') = 0 THEN value::jsonb #>> '{}'
           ELSE regexp_replace(value, '(?<!\\)((\\\\)*)\\u0000', '\1\\ufffd', 'g')::jsonb #>> '{}' END
$$;
