import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BUREAU } from '../../domain/decider.ts';
import { until } from '../workflows/entity-rig.ts';
import type { Person } from './rig/api-rig.ts';
import { seedSheet } from './rig/seed-sheet.ts';
import { seedTasks } from './rig/seed-tasks.ts';
import { startApiWithWorkflows, type WorkflowRig } from './rig/workflow-rig.ts';

let rig: WorkflowRig;
let coordinator: Person;
let head: Person;
let office: Person;
let plan: string;
let tasks: string[];
let sheet: Awaited<ReturnType<typeof seedSheet>>;

beforeAll(async () => {
  rig = await startApiWithWorkflows();
  coordinator = await rig.signIn({ department: 'dep-a', role: 'coordinator' });
  head = await rig.signIn({ department: 'dep-a', role: 'head' });
  office = await rig.signIn({ department: BUREAU, role: 'director-office' });
});
afterAll(() => rig.close());
beforeEach(async () => {
  await rig.pool.query("delete from outbox where op = 'signal'");
  const seeded = await seedTasks(rig, [
    { text: '建立健全违法建筑巡查机制', departments: ['dep-a'], due: '2028-06-30' },
    { text: '开展执法培训', departments: ['dep-a'], due: '2028-10-31' },
  ]);
  ({ plan, tasks } = seeded);
  sheet = await seedSheet(rig, { plan, department: 'dep-a', owed: tasks });
});

const rows = (text: string): object[] =>
  tasks.map((task, at) => ({
    task,
    status: 'normal',
    text: `${text}${at + 1}`,
    noProgress: at === 1,
    indicators: [],
  }));

async function draft(text: string, version = 0): Promise<number> {
  const response = await coordinator.send('PUT', `${sheet.url}/draft`, { version, rows: rows(text) });
  expect(response.statusCode).toBe(200);
  return response.json().version;
}

/** A command, again under its key while its workflow is still starting. */
async function give(person: Person, name: string, body: object = {}, key = `give-${Math.random()}`) {
  for (;;) {
    const response = await person.send('POST', `${sheet.url}/${name}`, body, key);
    if (response.statusCode !== 503) return response;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const page = async (person = coordinator) => (await person.get(sheet.url)).json();

describe('a sheet on its way', () => {
  test('is handed in, sent back with a reason, handed in again, approved, and stands in the tasks’ history', async () => {
    const version = await draft('初稿');
    const submitted = await give(coordinator, 'submit', { version });
    expect(submitted.json()).toMatchObject({ sheet: sheet.id, events: ['SheetSubmitted'] });
    expect(await page(head)).toMatchObject({
      phase: 'submitted',
      actions: ['withdraw', 'return', 'approve'],
      lines: [{ entry: { text: '初稿1' } }, { entry: { text: '初稿2', noProgress: true } }],
    });
    expect((await coordinator.send('PUT', `${sheet.url}/draft`, { version, rows: [] })).json().code).toBe(
      'sheet-phase',
    );

    expect((await give(head, 'return', { text: '请补充数据' })).statusCode).toBe(200);
    expect(await page()).toMatchObject({
      phase: 'requested',
      version,
      returned: { text: '请补充数据', by: { name: head.name } },
      lines: [{ entry: { text: '初稿1' } }, {}],
    });

    await give(coordinator, 'submit', { version: await draft('补充后', version) });
    expect((await give(head, 'approve')).json().events).toEqual(['SheetApproved']);
    expect(await page()).toMatchObject({ phase: 'approved', actions: [], returned: null, version: 0 });

    expect((await rig.pool.query('select 1 from sheet_drafts where sheet_id = $1', [sheet.id])).rowCount).toBe(0);
  });

  test('once approved its rows are reports in the tasks’ own histories, each exactly once', async () => {
    await give(coordinator, 'submit', { version: await draft('进展') });
    const before = await rig.pool.query("select 1 from outbox where op = 'signal'");
    expect(before.rowCount).toBe(0);
    await give(head, 'approve', {}, 'approve-once');
    await give(head, 'approve', {}, 'approve-once');
    for (const [at, task] of tasks.entries()) {
      const reported = await until(async () => {
        const { items } = (await coordinator.get(`/api/tasks/${task}/timeline`)).json();
        const found = items.filter((item: { type: string }) => item.type === 'ProgressReported');
        return found.length > 0 ? found : undefined;
      });
      expect(reported).toMatchObject([
        { by: { id: coordinator.id }, department: { id: 'dep-a' }, details: [`进展${at + 1}`] },
      ]);
    }
    const { items } = (await coordinator.get(`/api/tasks?plan=${plan}`)).json();
    expect(items).toMatchObject([{ reportStatus: 'normal' }, { reportStatus: 'normal' }]);
    expect((await rig.pool.query("select 1 from outbox where op = 'signal'")).rowCount).toBe(tasks.length);
  });

  test('the same submission twice is one, the same key with another body is refused', async () => {
    const version = await draft('稿');
    const first = await give(coordinator, 'submit', { version }, 'submit-once');
    const again = await give(coordinator, 'submit', { version }, 'submit-once');
    expect(again.json()).toEqual(first.json());
    const other = await give(coordinator, 'submit', { version: version + 1 }, 'submit-once');
    expect(other.json().code).toBe('idempotency-key-reused');
    const events = await rig.pool.query("select 1 from ledger where entity_id = $1 and type = 'SheetSubmitted'", [
      sheet.id,
    ]);
    expect(events.rowCount).toBe(1);
  });

  test('nobody approves what they handed in; a refusal leaves no words behind', async () => {
    const version = await draft('稿');
    await give(head, 'submit', { version });
    const own = await give(head, 'approve');
    expect(own.statusCode).toBe(403);
    expect(own.json().code).toBe('own-request');
    const before = (await rig.pool.query('select count(*)::int as n from texts')).rows[0].n;
    expect((await give(coordinator, 'return', { text: '我来退回' })).statusCode).toBe(403);
    expect((await rig.pool.query('select count(*)::int as n from texts')).rows[0].n).toBe(before);
  });

  test('is withdrawn before it is acted on, and not afterwards', async () => {
    const version = await draft('稿');
    await give(coordinator, 'submit', { version });
    expect((await give(coordinator, 'withdraw')).json().events).toEqual(['SheetWithdrawn']);
    await give(coordinator, 'submit', { version });
    await give(head, 'approve');
    expect((await give(coordinator, 'withdraw')).json().code).toBe('sheet-phase');
  });

  test('a head’s approval on paper is entered with its scan by the director’s office', async () => {
    await give(coordinator, 'submit', { version: await draft('稿') });
    const paper = { decidedBy: '部门负责人', decidedOn: '2026-01-05', file: 'file-none' };
    expect((await give(office, 'approve', { paper })).json().code).toBe('unknown-file');
    await rig.pool.query(
      `insert into files (id, name, media_type, size, sha256, by, created_at)
       values ('file-scan', '审批单.pdf', 'application/pdf', 1, '', 'user-test', 0) on conflict do nothing`,
    );
    const entered = await give(office, 'approve', { paper: { ...paper, file: 'file-scan' } });
    expect(entered.json().events).toEqual(['SheetApproved']);
    const { rows: facts } = await rig.pool.query(
      "select data from ledger where entity_id = $1 and type = 'SheetApproved'",
      [sheet.id],
    );
    expect(facts[0].data).toMatchObject({ by: '部门负责人', paper: { file: 'file-scan', decidedOn: '2026-01-05' } });
  });
});
