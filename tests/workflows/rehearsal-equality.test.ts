import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { drizzle } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedCalendars } from '../../db/calendars.ts';
import { inTransaction } from '../../db/pool.ts';
import { importDraft } from '../../db/plans/import-draft.ts';
import { publishPlan } from '../../db/plans/publish.ts';
import type { EvaluationOpenedData } from '../../domain/evaluation/evaluation-decider.ts';
import { readPlan } from '../../domain/plan-text/read-plan.ts';
import { rehearse } from '../../domain/rehearsal/rehearse.ts';
import type { SheetOpenedData } from '../../domain/sheet/sheet-state.ts';
import type { TaskAssignedData } from '../../domain/task/task-facts.ts';
import { isoShanghai, parseInstant } from '../../domain/working-time/instants.ts';
import { startTimeSkipping } from '../rig/time-skipping.ts';
import { startRig, until, type EntityRig } from './entity-rig.ts';

const SHARED = join(import.meta.dirname, '../../../shared/documents/pudong-action-plan-2024-47.txt');
const OWN = join(import.meta.dirname, '../../samples/plan.txt');
const OPENED_AT = parseInstant('2024-06-04T08:00:00+08:00');
const LAST_DAY = '2024-10-31';

let skipping: TestWorkflowEnvironment;
let rig: EntityRig;
beforeAll(async () => {
  skipping = await startTimeSkipping();
});
afterAll(async () => {
  await rig?.stop();
  await skipping?.teardown();
});

/** Publishes the reference plan as of its day of issue; without the shared documents, the project's own sample. */
async function publish(): Promise<string> {
  const text = readFileSync(existsSync(SHARED) ? SHARED : OWN, 'utf8');
  await seedCalendars(drizzle(rig.pool));
  return inTransaction(rig.pool, async (client) => {
    const sourceSha256 = createHash('sha256').update(text).digest('hex');
    const draft = {
      reading: readPlan({ text }),
      sourceSha256,
      filename: 'plan.txt',
      text,
      by: 'user-0',
      now: OPENED_AT,
    };
    const { planId } = await importDraft(drizzle(client), draft);
    await publishPlan(client, { planId, goLive: '2024-06-04', confirmAssumptions: true, by: 'user-0', now: OPENED_AT });
    return planId;
  });
}

async function openings() {
  const { rows } = await rig.pool.query<{ type: string; data: unknown }>(
    'SELECT type, data FROM ledger WHERE seq = 1 ORDER BY entity_id',
  );
  const of = <T>(type: string): T[] => rows.filter((row) => row.type === type).map((row) => row.data as T);
  return {
    tasks: of<TaskAssignedData>('TaskAssigned'),
    sheets: of<SheetOpenedData>('SheetOpened'),
    evaluations: of<EvaluationOpenedData>('EvaluationOpened'),
  };
}

interface Sent {
  key: string;
  minute: string;
}

async function sentByWorkflows(before: number): Promise<Sent[]> {
  const { rows } = await rig.pool.query<{ key: string; at: number }>(
    'SELECT key, at FROM notifications WHERE at < $1',
    [before],
  );
  return rows.map(({ key, at }) => ({ key, minute: isoShanghai(at).slice(0, 16) })).toSorted(inOrder);
}

function inOrder(a: Sent, b: Sent): number {
  return a.key < b.key ? -1 : 1;
}

test('the rehearsal of a plan and the real workflows under a skipping clock send the same notices at the same instants', async () => {
  const offset = OPENED_AT - (await skipping.currentTimeMs());
  rig = await startRig({ address: skipping.address, clockOffset: offset });
  await publish();
  const plan = await openings();
  await until(async () => {
    const { rows } = await rig.pool.query<{ open: number }>(
      'SELECT count(*) AS open FROM outbox WHERE done_at IS NULL',
    );
    return rows[0]?.open === 0 ? true : undefined;
  });

  const expected = rehearse({ ...plan, openedAt: OPENED_AT, from: '2024-06-04', to: LAST_DAY, assume: 'silence' });
  const end = parseInstant(`${LAST_DAY}T23:59:00+08:00`);
  const now = offset + (await skipping.currentTimeMs());
  await skipping.sleep(end - now);

  let tries = 0;
  const wanted = expected
    .filter(({ at }) => at < end)
    .map(({ at, notice }) => ({ key: notice.key, minute: isoShanghai(at).slice(0, 16) }))
    .toSorted(inOrder);
  // The clock stands at the end; what the last timers set off may still be on its way to the record.
  const seen = await until(async () => {
    const sent = await sentByWorkflows(end);
    tries += 1;
    return sent.length >= wanted.length || tries > 200 ? sent : undefined;
  });
  expect(seen).toEqual(wanted);
  expect(wanted.length).toBeGreaterThan(100);
}, 240_000);
