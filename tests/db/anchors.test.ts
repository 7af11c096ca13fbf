import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenAnchors, writeAnchor } from '../../db/anchors.ts';
import { openPool, type Pool } from '../../db/pool.ts';
import { freshDatabase, type TestDatabase } from '../rig/database.ts';
import { open } from '../workflows/entity-rig.ts';
import { taskOpening } from '../workflows/task-samples.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Anchors cover what was committed a minute ago; the test moves rows into the past instead of waiting. */
async function age(): Promise<void> {
  await pool.query('ALTER TABLE ledger DISABLE TRIGGER ledger_append_only');
  await pool.query(`UPDATE ledger SET written_at = written_at - interval '1 hour'`);
  await pool.query(`UPDATE daily_anchors SET written_before = written_before - interval '1 hour'`);
  await pool.query('ALTER TABLE ledger ENABLE TRIGGER ledger_append_only');
}

test('a day is anchored once, over every head, and a rewritten ledger shows on every day that anchored it', async () => {
  await open({ pool }, taskOpening(), taskOpening());
  await age();
  const first = await writeAnchor(pool, '2026-11-21');
  expect(first.heads).toBe(2);
  expect(await writeAnchor(pool, '2026-11-21')).toEqual(first);
  await open({ pool }, taskOpening());
  await age();
  expect((await writeAnchor(pool, '2026-11-22')).heads).toBe(3);
  expect(await brokenAnchors(pool)).toEqual([]);
  await pool.query('ALTER TABLE ledger DISABLE TRIGGER ledger_append_only');
  await pool.query(`UPDATE ledger SET hash = repeat('f', 64) WHERE entity_id = (SELECT min(entity_id) FROM ledger)`);
  expect(await brokenAnchors(pool)).toEqual(['2026-11-21', '2026-11-22']);
  expect(await brokenAnchors(pool, 1)).toEqual(['2026-11-22']);
});
