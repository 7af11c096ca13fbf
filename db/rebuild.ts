import type { Recorded } from '../domain/decider.ts';
import { stateHash } from '../domain/state-hash.ts';
import { foldStored } from './ledger-fold.ts';
import type { Deciders, EntityRef, Head } from './ledger-types.ts';
import { inTransaction, type Pool } from './pool.ts';
import { projectionParameters, projectionParts } from './projections/projection.ts';
import { PROJECTIONS } from './projections/projections.ts';

/** Folds an entity's events again and replaces its state and read models; the ledger itself is only read. */
export async function rebuildEntity(pool: Pool, deciders: Deciders, entity: EntityRef): Promise<Head> {
  const projection = PROJECTIONS[entity.kind];
  return inTransaction(pool, async (client) => {
    await client.query('SELECT 1 FROM entities WHERE id = $1 FOR UPDATE', [entity.id]);
    const { rows } = await client.query<Recorded & { hash: string }>(
      'SELECT seq, type, at, by, data, hash FROM ledger WHERE entity_id = $1 ORDER BY seq',
      [entity.id],
    );
    const last = rows.at(-1);
    if (last === undefined) throw new Error(`the ledger holds no event of ${entity.id}`);
    const state = foldStored(deciders, entity, rows);
    const head: Head = { seq: last.seq, headHash: last.hash, state };
    await client.query('UPDATE entities SET seq = $2, head_hash = $3, state = $4, state_hash = $5 WHERE id = $1', [
      entity.id,
      head.seq,
      head.headHash,
      JSON.stringify(state),
      stateHash(state),
    ]);
    const fresh = projection.rows(state, { id: entity.id, seq: last.seq, at: last.at });
    for (const [index, table] of projection.tables.entries()) {
      if (table.keeps) continue;
      const column = table.name === 'tasks' ? 'id' : table.key[0];
      const kept = (fresh[index] ?? []).map((row) => JSON.stringify(table.key.map((key) => row[key])));
      await client.query(
        `DELETE FROM ${table.name} WHERE "${column}" = $1
         AND NOT (jsonb_build_array(${table.key.map((key) => `"${key}"`).join(', ')}) = ANY ($2::jsonb[]))`,
        [entity.id, kept],
      );
    }
    const parts = projectionParts(projection, 'once', 1);
    if (parts.length > 0) {
      await client.query(
        `WITH once AS (SELECT 1), ${parts.join(', ')} SELECT 1`,
        projectionParameters(fresh.map((write) => ({ write, remove: [] }))),
      );
    }
    return head;
  });
}
