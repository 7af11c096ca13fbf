import { createHash } from 'node:crypto';
import type { EntityKind, Instant, Json } from '../domain/decider.ts';
import type { Queryable } from './pool.ts';

/** What the first event of an entity chains to. */
export const GENESIS = '0'.repeat(64);

export interface LinkContent {
  entityId: string;
  seq: number;
  type: string;
  at: Instant;
  by: string;
  commandId: string;
  commandIndex: number;
  data: Json;
}

/** JSON with sorted keys and no spaces: `jsonb` gives keys back in its own order, and the hash must not depend on it. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const object = value as Record<string, unknown>;
  const members: string[] = [];
  for (const key of Object.keys(object).toSorted()) {
    if (object[key] !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(object[key])}`);
  }
  return `{${members.join(',')}}`;
}

/** SHA-256 over the previous hash and the event, in hexadecimal. */
export function linkHash(prevHash: string, link: LinkContent): string {
  return createHash('sha256').update(prevHash).update(canonicalJson(link)).digest('hex');
}

export interface ChainBreak {
  entityId: string;
  seq: number;
  reason: 'missing' | 'altered' | 'head';
}

interface StoredLink {
  seq: number;
  type: string;
  at: number;
  by: string;
  command_id: string;
  command_index: number;
  data: Json;
  prev_hash: string;
  hash: string;
}

/** Recomputes one entity's chain from its first event; null when it is whole and ends at the head. */
export async function verifyChain(db: Queryable, entityId: string): Promise<ChainBreak | null> {
  const { rows } = await db.query<StoredLink>(
    'SELECT seq, type, at, by, command_id, command_index, data, prev_hash, hash FROM ledger WHERE entity_id = $1 ORDER BY seq',
    [entityId],
  );
  let prevHash = GENESIS;
  let seq = 0;
  for (const row of rows) {
    seq += 1;
    if (row.seq !== seq) return { entityId, seq, reason: 'missing' };
    const content = { entityId, seq, type: row.type, at: row.at, by: row.by, data: row.data };
    const hash = linkHash(prevHash, { ...content, commandId: row.command_id, commandIndex: row.command_index });
    if (row.prev_hash !== prevHash || row.hash !== hash) return { entityId, seq, reason: 'altered' };
    prevHash = hash;
  }
  const head = await db.query<{ seq: number; head_hash: string }>('SELECT seq, head_hash FROM entities WHERE id = $1', [
    entityId,
  ]);
  const [row] = head.rows;
  if (row === undefined && seq === 0) return null;
  return row?.seq === seq && row.head_hash === prevHash ? null : { entityId, seq, reason: 'head' };
}

/** One head as it stood: entity, number and hash of its last event. */
export interface Head {
  id: string;
  kind: EntityKind;
  seq: number;
  headHash: string;
}
