import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLedger } from '../../db/ledger.ts';
import type { Fact } from '../../domain/decider.ts';
import { REVISE_SIGNAL } from '../../workflows/messages.ts';
import { startApi, type ApiRig } from '../api/rig/api-rig.ts';
import { seedSheet } from '../api/rig/seed-sheet.ts';
import { seedTasks } from '../api/rig/seed-tasks.ts';

let rig: ApiRig;
let tasks: string[];
let sheet: Awaited<ReturnType<typeof seedSheet>>;

beforeAll(async () => {
  rig = await startApi();
  const seeded = await seedTasks(rig, [
    { text: '甲', departments: ['dep-a'], due: '2025-06-30' },
    { text: '乙', departments: ['dep-a'], due: '2025-06-30' },
  ]);
  ({ tasks } = seeded);
  sheet = await seedSheet(rig, { plan: seeded.plan, department: 'dep-a', owed: tasks });
});
afterAll(() => rig.close());

async function record(commandId: string, fact: Fact): Promise<string> {
  const { rows } = await rig.pool.query<{ seq: number }>('select seq from entities where id = $1', [sheet.id]);
  const answer = await createLedger({ pool: rig.pool }).record({
    entity: { kind: 'sheet', id: sheet.id },
    expectedSeq: rows[0]?.seq ?? 0,
    commandId,
    now: rig.clock.now(),
    by: 'user-coordinator',
    facts: [fact],
    request: null,
    stateHash: null,
  });
  return answer.status;
}

function submitted(text: string): Fact {
  const rows = tasks.map((task, at) => ({
    task,
    status: at === 0 ? 'normal' : 'risk',
    text: `${text}-${at}`,
    noProgress: false,
    indicators: at === 0 ? [{ id: 'indicator-1', value: 60 }] : [],
  }));
  return { type: 'SheetSubmitted', data: { month: sheet.month, rows } };
}

async function reports(): Promise<{ entity_id: string; payload: { signal: string; args: object[] } }[]> {
  const { rows } = await rig.pool.query("select entity_id, payload from outbox where op = 'signal' order by id");
  return rows;
}

test('only an approval sends a sheet’s rows to the tasks: those of the last submission, once', async () => {
  await record('submit-1', submitted('text-first'));
  await record('withdraw-1', { type: 'SheetWithdrawn', data: { month: sheet.month } });
  await record('submit-2', submitted('text-second'));
  expect(await reports()).toEqual([]);

  const approval = { type: 'SheetApproved', data: { month: sheet.month, by: 'user-head', paper: null } };
  expect(await record('approve-1', approval)).toBe('recorded');
  expect(await record('approve-1', approval)).toBe('already');
  const sent = await reports();
  expect(sent.map(({ entity_id }) => entity_id).sort()).toEqual(tasks.toSorted());
  expect(sent.find(({ entity_id }) => entity_id === tasks[0])?.payload).toEqual({
    signal: REVISE_SIGNAL,
    args: [
      {
        id: expect.stringMatching(/^[0-9a-f]{64}$/),
        name: 'reportProgress',
        payload: {
          department: 'dep-a',
          status: 'normal',
          text: 'text-second-0',
          indicators: [{ id: 'indicator-1', value: 60 }],
        },
        actor: { id: 'user-coordinator', posts: [{ department: 'dep-a', role: 'coordinator' }] },
      },
    ],
  });
});

test('months that the state has let go of stay in the list of sheets', async () => {
  const { rows: before } = await rig.pool.query('select month from sheet_months where sheet_id = $1', [sheet.id]);
  for (let at = 0; at < 30; at += 1) {
    const month = `${2031 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
    await record(`not-owed-${month}`, { type: 'SheetNotOwed', data: { month } });
  }
  const { rows } = await rig.pool.query('select month from sheet_months where sheet_id = $1', [sheet.id]);
  expect(rows).toHaveLength(before.length + 30);
});
