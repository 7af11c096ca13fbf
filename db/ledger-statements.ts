import type { EntityKind } from '../domain/decider.ts';
import { PROJECTIONS } from './projections/projections.ts';
import { projectionParts } from './projections/projection.ts';
import { ORDER_REPORTS } from './sheet-reports.ts';

/**
 * The ledger's statements. A record is one statement: every part reads from `moved`, which yields the entity's row only
 * if its head is still the expected one, so the row lock, the check and all writes are one round trip and one
 * transaction. Two writers at once: the second waits for the row, finds another head and writes nothing.
 */
export interface NamedStatement {
  name: string;
  text: string;
}

const LINK_COLUMNS = 'entity_id, seq, type, at, by, command_id, command_index, data, prev_hash, hash';
const NOTICE_COLUMNS = 'id, key, to_department, to_role, kind, data, due_at, at, entity_id';

/** Parameters: id, expected head, seq, head, state, state hash, now, finished at, links, command id, body hash, result, notifications, projection. */
export const RECORD = perKind((kind) => ({
  name: `ledger-record-${kind}`,
  text: `WITH moved AS (
      UPDATE entities SET seq = $3, head_hash = $4, state = $5, state_hash = $6, updated_at = $7, finished_at = $8
      WHERE id = $1 AND head_hash = $2 RETURNING id),
    linked AS (
      INSERT INTO ledger (${LINK_COLUMNS})
      SELECT ${prefixed('l', LINK_COLUMNS)} FROM moved, jsonb_populate_recordset(NULL::ledger, $9::jsonb) l),
    answered AS (
      INSERT INTO commands (id, entity_id, body_hash, result)
      SELECT $10, moved.id, $11::text, $12::jsonb FROM moved WHERE $11::text IS NOT NULL),
    notified AS (
      INSERT INTO notifications (${NOTICE_COLUMNS})
      SELECT ${prefixed('n', NOTICE_COLUMNS)} FROM moved, jsonb_populate_recordset(NULL::notifications, $13::jsonb) n
      ON CONFLICT (key) DO NOTHING)${after([...projectionParts(PROJECTIONS[kind], 'moved', 14), ...(kind === 'sheet' ? [ORDER_REPORTS] : [])])}
    SELECT id FROM moved`,
}));

/** Parameters: entities, links, notifications, projection. An entity that exists already is a unique violation. */
export const OPEN = perKind((kind) => ({
  name: `ledger-open-${kind}`,
  text: `WITH moved AS (
      INSERT INTO entities (id, kind, plan_id, seq, head_hash, state, state_hash, opened_at, updated_at, finished_at)
      SELECT id, kind, plan_id, seq, head_hash, state, state_hash, opened_at, updated_at, finished_at
      FROM jsonb_populate_recordset(NULL::entities, $1::jsonb) RETURNING id),
    linked AS (
      INSERT INTO ledger (${LINK_COLUMNS})
      SELECT ${LINK_COLUMNS} FROM jsonb_populate_recordset(NULL::ledger, $2::jsonb)),
    notified AS (
      INSERT INTO notifications (${NOTICE_COLUMNS})
      SELECT ${NOTICE_COLUMNS} FROM jsonb_populate_recordset(NULL::notifications, $3::jsonb)
      ON CONFLICT (key) DO NOTHING),
    ordered AS (INSERT INTO outbox (op, entity_id) SELECT 'start', id FROM moved ORDER BY id),
    once AS (SELECT count(*) FROM moved)${after(projectionParts(PROJECTIONS[kind], 'once', 4))}
    SELECT id FROM moved`,
}));

/** Parameters: id, expected seq, command id. One snapshot of everything that a writer who lost needs to go on. */
export const STANDING: NamedStatement = {
  name: 'ledger-standing',
  text: `SELECT e.seq, e.head_hash, e.state, c.result,
      (SELECT jsonb_agg(jsonb_build_object('seq', l.seq, 'type', l.type, 'at', l.at, 'by', l.by, 'data', l.data) ORDER BY l.seq)
       FROM ledger l WHERE l.entity_id = e.id AND l.seq > $2) AS events,
      (SELECT jsonb_build_object('entity', e.id, 'seq', max(l.seq), 'at', max(l.at), 'events', jsonb_agg(l.type ORDER BY l.seq))
       FROM ledger l WHERE l.entity_id = e.id AND l.command_id = $3) AS earlier
    FROM entities e LEFT JOIN commands c ON c.id = $3 AND c.entity_id = e.id WHERE e.id = $1`,
};

export const HEAD: NamedStatement = {
  name: 'ledger-head',
  text: 'SELECT seq, head_hash, state FROM entities WHERE id = $1',
};

function perKind(make: (kind: EntityKind) => NamedStatement): Record<EntityKind, NamedStatement> {
  return { task: make('task'), sheet: make('sheet'), evaluation: make('evaluation') };
}

function after(parts: string[]): string {
  return parts.map((part) => `,\n    ${part}`).join('');
}

function prefixed(alias: string, columns: string): string {
  return columns
    .split(', ')
    .map((column) => `${alias}.${column}`)
    .join(', ');
}
