-- DuckDB: the packed lines as the table "changes", and the value of a text of JSON.
-- In the program duckdb:  .read duckdb.sql  then  .read fold.sql
CREATE OR REPLACE VIEW changes AS SELECT * FROM read_parquet('office.parquet');
CREATE OR REPLACE MACRO plain(value) AS json_extract_string(value, '$');
