import type { EntityKind, Json } from '../domain/decider.ts';
import type { OutboxOp } from './schema/ledger.ts';
import type { Queryable } from './pool.ts';

/** One order for Temporal, taken by one relay for the length of its lease. */
export interface OutboxOrder {
  id: number;
  op: OutboxOp;
  entityId: string;
  kind: EntityKind;
  payload: Json;
  attempts: number;
  /** What a workflow is started from: the entity as it is now, not as it was when the order was written. */
  seq: number;
  state: Json;
  finished: boolean;
}

/** How long a relay may take over one order before another may try; starting twice is harmless (REJECT_DUPLICATE). */
const LEASE = '30 seconds';

/** Takes the oldest due orders, at most one per entity so that a signal never overtakes the start before it. */
export async function takeOrders(db: Queryable, limit: number): Promise<OutboxOrder[]> {
  const { rows } = await db.query<OutboxOrder>({
    name: 'outbox-take',
    text: `WITH due AS (
        SELECT id FROM outbox o WHERE done_at IS NULL AND next_attempt_at <= now()
          AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.entity_id = o.entity_id AND p.done_at IS NULL AND p.id < o.id)
        ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED),
      taken AS (
        UPDATE outbox SET attempts = attempts + 1, next_attempt_at = now() + interval '${LEASE}'
        FROM due WHERE outbox.id = due.id
        RETURNING outbox.id, op, entity_id, payload, attempts)
      SELECT taken.id, op, entity_id AS "entityId", payload, attempts, kind, seq, state, finished_at IS NOT NULL AS finished
      FROM taken JOIN entities ON entities.id = entity_id ORDER BY taken.id`,
    values: [limit],
  });
  return rows;
}

export async function orderDone(db: Queryable, order: Pick<OutboxOrder, 'id' | 'op' | 'entityId'>): Promise<void> {
  await db.query({
    name: 'outbox-done',
    text: `WITH done AS (UPDATE outbox SET done_at = now(), last_error = NULL WHERE id = $1)
      UPDATE entities SET started_at = now() WHERE id = $2 AND $3`,
    values: [order.id, order.entityId, order.op === 'start'],
  });
}

/** Tried again after `delayMs`. The error is kept for operations to see; it must hold no personal data. */
export async function orderFailed(db: Queryable, id: number, error: string, delayMs: number): Promise<void> {
  await db.query(
    `UPDATE outbox SET last_error = $2, next_attempt_at = now() + $3 * interval '1 millisecond' WHERE id = $1`,
    [id, error.slice(0, 500), delayMs],
  );
}

/** Makes what waits due now: Temporal is back, nobody need sit out a back-off. */
export async function retryAllNow(db: Queryable): Promise<void> {
  await db.query(
    `UPDATE outbox SET next_attempt_at = now() WHERE done_at IS NULL AND last_error IS NOT NULL AND next_attempt_at > now()`,
  );
}

export interface OutboxDepth {
  depth: number;
  /** Age of the oldest waiting order in seconds; 0 when none waits. */
  oldestSeconds: number;
}

export async function outboxDepth(db: Queryable): Promise<OutboxDepth> {
  const { rows } = await db.query<OutboxDepth>(
    `SELECT count(*)::int AS depth, coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "oldestSeconds"
     FROM outbox WHERE done_at IS NULL`,
  );
  return rows[0] ?? { depth: 0, oldestSeconds: 0 };
}

/** Orders a signal for each entity, in the caller's transaction. `args` are the signal's arguments, plain JSON. */
export async function orderSignals(db: Queryable, entityIds: string[], signal: string, args: Json[]): Promise<void> {
  await db.query(
    `INSERT INTO outbox (op, entity_id, payload) SELECT 'signal', id, $2::jsonb FROM unnest($1::text[]) AS t(id)`,
    [entityIds, JSON.stringify({ signal, args })],
  );
}

/** Whether anything still waits to be told about this entity. */
export async function hasWaitingOrder(db: Queryable, entityId: string): Promise<boolean> {
  const { rowCount } = await db.query('SELECT 1 FROM outbox WHERE entity_id = $1 AND done_at IS NULL LIMIT 1', [
    entityId,
  ]);
  return (rowCount ?? 0) > 0;
}

/** Delivered orders are only interesting for a while. */
export async function sweepOutbox(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(`DELETE FROM outbox WHERE done_at < now() - interval '30 days'`);
  return rowCount ?? 0;
}
