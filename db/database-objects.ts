/**
 * What the tables need and drizzle cannot say: run after every migration, each statement repeatable.
 */
export const DATABASE_OBJECTS: string[] = [
  // The ledger is append-only for everybody, a mistaken repair script included.
  `CREATE OR REPLACE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
   $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$`,
  `CREATE OR REPLACE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger
   FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`,
  // Wakes the relay as soon as the transaction commits; polling is only the net below.
  `CREATE OR REPLACE FUNCTION outbox_was_filled() RETURNS trigger LANGUAGE plpgsql AS
   $$ BEGIN PERFORM pg_notify('outbox', ''); RETURN NULL; END $$`,
  `CREATE OR REPLACE TRIGGER outbox_filled AFTER INSERT ON outbox
   FOR EACH STATEMENT EXECUTE FUNCTION outbox_was_filled()`,
  // pg_trgm finds nothing in queries of one or two characters, which are most Chinese ones: pieces of that length.
  `CREATE OR REPLACE FUNCTION short_grams(source text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
   $$ SELECT coalesce(array_agg(DISTINCT substr(lower(source), at, size)), '{}')
      FROM generate_series(1, length(source)) at, generate_series(1, 2) size $$`,
  `CREATE INDEX IF NOT EXISTS task_texts_trigrams ON task_texts
   USING gin (lower(coalesce(heading, '') || ' ' || text) gin_trgm_ops)`,
  `CREATE INDEX IF NOT EXISTS task_texts_short_grams ON task_texts
   USING gin (short_grams(coalesce(heading, '') || ' ' || text))`,
];
