import { newId } from './ids.ts';
import type { Queryable } from './pool.ts';
import type { Vault } from './vault.ts';

/** A text that a command will name. Its id is the caller's, so that the same request twice is one text. */
export interface CommandText {
  id: string;
  text: string;
}

/** Writes texts before their command is given. Those that exist stay as they are. */
export async function saveCommandTexts(
  db: Queryable,
  vault: Vault,
  about: { entityId: string; commandId: string; by: string; now: number },
  texts: CommandText[],
): Promise<void> {
  if (texts.length === 0) return;
  await db.query({
    name: 'save-command-texts',
    // Not flushed by itself: the record of the command that names these texts commits later and flushes all before it; a
    // crash in between loses texts that no command names.
    text: `with later as materialized (select set_config('synchronous_commit', 'off', true))
      insert into texts (id, sealed, by, created_at, entity_id, command_id)
      select id, sealed, $3, $4, $5, $6 from later, unnest($1::text[], $2::bytea[]) as t(id, sealed)
      on conflict do nothing`,
    values: [
      texts.map(({ id }) => id),
      texts.map(({ id, text }) => vault.seal(Buffer.from(text), id)),
      about.by,
      about.now,
      about.entityId,
      about.commandId,
    ],
  });
}

/** The command was refused: its texts go, unless the ledger knows the command from another time. */
export async function dropCommandTexts(db: Queryable, entityId: string, commandId: string): Promise<void> {
  await db.query(
    `delete from texts where entity_id = $1 and command_id = $2 and not kept
       and not exists (select 1 from ledger l where l.entity_id = $1 and l.command_id = $2)`,
    [entityId, commandId],
  );
}

/** A text that no command decides about; it stays. */
export async function saveText(
  db: Queryable,
  vault: Vault,
  { text, by, now }: { text: string; by: string; now: number },
): Promise<string> {
  const id = newId('text');
  await db.query('insert into texts (id, sealed, by, created_at, kept) values ($1, $2, $3, $4, true)', [
    id,
    vault.seal(Buffer.from(text), id),
    by,
    now,
  ]);
  return id;
}

/** The texts under these ids; ids that are unknown are missing from the answer. */
export async function readTexts(db: Queryable, vault: Vault, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: string; sealed: Buffer }>('select id, sealed from texts where id = any($1)', [
    [...new Set(ids)],
  ]);
  return new Map(rows.map(({ id, sealed }) => [id, vault.open(sealed, id).toString('utf8')]));
}

/**
 * Settles texts older than `before` (domain instant): kept where the ledger has their command, deleted where it has not.
 * Answers how many were deleted. A command whose outcome was unknown has long been decided by then.
 */
export async function sweepTexts(db: Queryable, before: number): Promise<number> {
  await db.query(
    `update texts t set kept = true where not t.kept and t.created_at < $1
       and exists (select 1 from ledger l where l.entity_id = t.entity_id and l.command_id = t.command_id)`,
    [before],
  );
  const { rowCount } = await db.query('delete from texts where not kept and created_at < $1', [before]);
  return rowCount ?? 0;
}
