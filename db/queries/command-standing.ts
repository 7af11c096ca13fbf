import type { Queryable } from '../pool.ts';

/** What the record knows about an entity and a command before anybody asks the workflow. */
export interface CommandStanding {
  /** Null where there is no such entity. */
  kind: string | null;
  finished: boolean;
  /** The order to start it, or something else for it, has not reached Temporal yet. */
  waiting: boolean;
  /** The stored answer of this command id and the digest of the body that it came with. */
  answer: { entity: string; bodyHash: string | null; result: StoredResult } | null;
}

export interface StoredResult {
  entity: string;
  seq: number;
  at: number;
  events: string[];
}

export async function commandStanding(db: Queryable, entityId: string, commandId: string): Promise<CommandStanding> {
  const { rows } = await db.query<CommandStanding>({
    name: 'command-standing',
    text: `SELECT e.kind, e.finished_at IS NOT NULL AS finished,
        EXISTS (SELECT 1 FROM outbox o WHERE o.entity_id = $1 AND o.done_at IS NULL AND o.op = 'start') AS waiting,
        CASE WHEN c.id IS NOT NULL
          THEN jsonb_build_object('entity', c.entity_id, 'bodyHash', c.body_hash, 'result', c.result) END AS answer
      FROM (SELECT 1) one LEFT JOIN entities e ON e.id = $1 LEFT JOIN commands c ON c.id = $2`,
    values: [entityId, commandId],
  });
  return rows[0] ?? { kind: null, finished: false, waiting: false, answer: null };
}

/** The answer of a command whose row in `commands` has been swept: the ledger itself knows what it did, for ever. */
export async function resultFromLedger(
  db: Queryable,
  entityId: string,
  commandId: string,
): Promise<StoredResult | null> {
  const { rows } = await db.query<StoredResult & { seq: number | null }>(
    `SELECT $1::text AS entity, max(seq) AS seq, max(at) AS at, jsonb_agg(type ORDER BY seq) AS events
     FROM ledger WHERE entity_id = $1 AND command_id = $2`,
    [entityId, commandId],
  );
  const [row] = rows;
  return row === undefined || row.seq === null ? null : row;
}
