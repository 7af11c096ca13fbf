import { createHash } from 'node:crypto';
import type { CivilDate } from '../domain/decider.ts';
import { GENESIS } from './chain.ts';
import { inTransaction, type Pool, type Queryable } from './pool.ts';

export interface Anchor {
  day: CivilDate;
  heads: number;
  hash: string;
}

/**
 * Writes the anchor of `day`: SHA-256 over the anchor before it and every entity's head. Written once; a second call
 * returns the first one's row. The wall clock cuts, not the event's own instant: a record that was retried through an
 * outage carries an instant from before it.
 */
export async function writeAnchor(pool: Pool, day: CivilDate): Promise<Anchor> {
  return inTransaction(pool, async (client) => {
    await client.query('LOCK TABLE daily_anchors IN EXCLUSIVE MODE');
    const known = await client.query<Anchor>('SELECT day, heads, hash FROM daily_anchors WHERE day = $1', [day]);
    if (known.rows[0] !== undefined) return known.rows[0];
    const before = await client.query<{ hash: string }>(
      'SELECT hash FROM daily_anchors WHERE day < $1 ORDER BY day DESC LIMIT 1',
      [day],
    );
    const prevHash = before.rows[0]?.hash ?? GENESIS;
    // A minute back, so that no transaction that began before the cut is still uncommitted.
    const cut = await client.query<{ at: string }>(`SELECT (clock_timestamp() - interval '1 minute')::text AS at`);
    const writtenBefore = cut.rows[0]?.at ?? '';
    const { heads, hash } = await hashHeads(client, prevHash, writtenBefore);
    await client.query(
      'INSERT INTO daily_anchors (day, heads, hash, prev_hash, written_before) VALUES ($1, $2, $3, $4, $5)',
      [day, heads, hash, prevHash, writtenBefore],
    );
    return { day, heads, hash };
  });
}

/**
 * The days, of the newest `newest` anchors, whose anchor no longer follows from the ledger: somebody rewrote events that
 * were anchored. Each day reads every head once, so a daily look takes few and an audit takes all.
 */
export async function brokenAnchors(db: Queryable, newest = Number.MAX_SAFE_INTEGER): Promise<CivilDate[]> {
  const { rows } = await db.query<{ day: CivilDate; hash: string; prev_hash: string; cut: string }>(
    'SELECT day, hash, prev_hash, written_before::text AS cut FROM daily_anchors ORDER BY day DESC LIMIT $1',
    [newest],
  );
  const broken: CivilDate[] = [];
  let prevHash: string | null = rows.length < newest ? GENESIS : null;
  for (const row of rows.toReversed()) {
    const { hash } = await hashHeads(db, row.prev_hash, row.cut);
    if ((prevHash !== null && row.prev_hash !== prevHash) || row.hash !== hash) broken.push(row.day);
    prevHash = row.hash;
  }
  return broken;
}

async function hashHeads(db: Queryable, prevHash: string, cut: string): Promise<{ heads: number; hash: string }> {
  const { rows } = await db.query<{ entity_id: string; seq: number; hash: string }>(
    `SELECT DISTINCT ON (entity_id COLLATE "C") entity_id, seq, hash FROM ledger WHERE written_at < $1
     ORDER BY entity_id COLLATE "C", seq DESC`,
    [cut],
  );
  const sum = createHash('sha256').update(prevHash);
  for (const row of rows) sum.update(`\n${row.entity_id} ${row.seq} ${row.hash}`);
  return { heads: rows.length, hash: sum.digest('hex') };
}
