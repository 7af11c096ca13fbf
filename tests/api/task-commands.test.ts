import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sweepTexts } from '../../db/texts.ts';
import { BUREAU } from '../../domain/decider.ts';
import { seedTasks } from './rig/seed-tasks.ts';
import type { Person } from './rig/api-rig.ts';
import { startApiWithWorkflows, type WorkflowRig } from './rig/workflow-rig.ts';

let rig: WorkflowRig;
let coordinator: Person;
let head: Person;
let stranger: Person;
let office: Person;
let supervisor: Person;
const TASKS = ['认领', '报告', '重复', '并发', '异议', '延期', '代录', '离线'];
const ids = new Map<string, string>();

beforeAll(async () => {
  rig = await startApiWithWorkflows({ commandTimeoutMs: 4000 });
  coordinator = await rig.signIn({ department: 'dep-a', role: 'coordinator' });
  head = await rig.signIn({ department: 'dep-a', role: 'head' });
  stranger = await rig.signIn({ department: 'dep-z', role: 'coordinator' });
  office = await rig.signIn({ department: BUREAU, role: 'director-office' });
  supervisor = await rig.signIn({ department: BUREAU, role: 'supervising-office' });
  const { tasks } = await seedTasks(
    rig,
    TASKS.map((text) => ({ text, departments: ['dep-a', 'dep-b'], due: '2099-06-30' })),
  );
  for (const [index, name] of TASKS.entries()) ids.set(name, tasks[index] ?? '');
  await vi.waitFor(
    async () => {
      const { rowCount } = await rig.pool.query('select 1 from outbox where done_at is null');
      if (rowCount !== 0) throw new Error('workflows are still being started');
    },
    { timeout: 30_000, interval: 100 },
  );
});
afterAll(() => rig.close());

function command(person: Person, task: string, name: string, body: object, key?: string) {
  return person.send('POST', `/api/tasks/${ids.get(task)}/commands/${name}`, body, key);
}

async function texts(): Promise<number> {
  const { rows } = await rig.pool.query<{ count: number }>('select count(*)::int as count from texts');
  return rows[0]?.count ?? 0;
}

test('a command takes effect, shows on the page and in the list, and its next is another', async () => {
  const answer = await command(coordinator, '认领', 'claim', { department: 'dep-a' });
  expect(answer.json()).toMatchObject({ task: ids.get('认领'), events: ['TaskClaimed'] });
  expect(answer.statusCode).toBe(200);
  const page = (await coordinator.get(`/api/tasks/${ids.get('认领')}`)).json();
  expect(page.seq).toBeGreaterThanOrEqual(answer.json().seq);
  expect(page.responsibilities[0].claimedAt).toMatch(/\+08:00$/);
  const names = page.actions.map((action: { name: string; department: string | null }) => action.name);
  expect(names).toContain('reportProgress');
  expect(page.actions).not.toContainEqual(expect.objectContaining({ name: 'claim', department: 'dep-a' }));
  const again = await command(coordinator, '认领', 'claim', { department: 'dep-a' });
  expect(again.statusCode).toBe(409);
  expect(again.json()).toMatchObject({
    code: expect.stringMatching(/^[a-z-]+$/),
    detail: expect.stringMatching(/\p{Script=Han}/u),
  });
});

test('what people write is sealed: neither ledger nor workflow nor table holds it', async () => {
  const secret = '进度说明里的一段话';
  const answer = await command(coordinator, '报告', 'reportProgress', {
    department: 'dep-a',
    status: 'normal',
    text: secret,
  });
  expect(answer.statusCode).toBe(200);
  const page = await coordinator.get(`/api/tasks/${ids.get('报告')}`);
  expect(page.json().responsibilities[0].lastReport).toMatchObject({ status: 'normal', text: secret });
  const timeline = (await coordinator.get(`/api/tasks/${ids.get('报告')}/timeline`)).json();
  expect(timeline.items[0]).toMatchObject({
    type: 'ProgressReported',
    text: '部门dep-a报告进展：正常',
    details: [secret],
  });
  const { rows } = await rig.pool.query('select data::text from ledger union all select state::text from entities');
  expect(JSON.stringify(rows)).not.toContain(secret);
  const { rows: sealed } = await rig.pool.query<{ sealed: Buffer }>('select sealed from texts');
  expect(sealed.some((row) => row.sealed.includes(Buffer.from(secret)))).toBe(false);
});

test('the same key and body is one effect and one answer; another body is refused', async () => {
  const body = { department: 'dep-a', status: 'risk', text: '同一次提交' };
  const first = await command(coordinator, '重复', 'reportProgress', body, 'same-key');
  const before = await texts();
  const second = await command(coordinator, '重复', 'reportProgress', body, 'same-key');
  expect(second.statusCode).toBe(200);
  expect(second.json()).toEqual(first.json());
  expect(await texts()).toBe(before);
  const other = await command(coordinator, '重复', 'reportProgress', { ...body, text: '换了内容' }, 'same-key');
  expect(other.statusCode).toBe(422);
  expect(other.json().code).toBe('idempotency-key-reused');
  const { rows } = await rig.pool.query("select 1 from ledger where entity_id = $1 and type = 'ProgressReported'", [
    ids.get('重复'),
  ]);
  expect(rows).toHaveLength(1);
});

test('many at once with one key are one effect; two people at once are one effect and the second is told', async () => {
  const body = { department: 'dep-a' };
  const same = await Promise.all(Array.from({ length: 5 }, () => command(coordinator, '并发', 'claim', body, 'burst')));
  expect(same.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200, 200]);
  const race = await Promise.all([
    command(coordinator, '异议', 'dispute', { ...body, text: '不归我们' }),
    command(head, '异议', 'dispute', { ...body, text: '也不归我们' }),
  ]);
  expect(race.map((answer) => answer.statusCode).sort()).toEqual([200, 409]);
  const { rows } = await rig.pool.query<{ entity: string; count: number }>(
    "select entity_id as entity, count(*)::int as count from ledger where type in ('TaskClaimed', 'ResponsibilityDisputed') and entity_id = any($1) group by entity_id",
    [[ids.get('并发'), ids.get('异议')]],
  );
  expect(rows.map((row) => row.count)).toEqual([1, 1]);
});

test('another department is forbidden, and a refused command leaves no words behind', async () => {
  const before = await texts();
  const answer = await command(stranger, '延期', 'reportProgress', {
    department: 'dep-a',
    status: 'normal',
    text: '越权',
  });
  expect(answer.statusCode).toBe(403);
  expect(answer.json().code).toBe('not-your-department');
  expect(await texts()).toBe(before);
});

test('what a command refers to must exist', async () => {
  const file = await command(coordinator, '延期', 'attachEvidence', { department: 'dep-a', file: 'file-none' });
  expect(file.statusCode).toBe(422);
  expect(file.json()).toMatchObject({ code: 'unknown-file', field: 'file' });
  const department = await command(office, '延期', 'changeDepartments', {
    responsibilities: [{ department: 'dep-none', part: 'lead' }],
    documentNumber: '沪浦城管〔2025〕1号',
  });
  expect(department.json()).toMatchObject({ code: 'unknown-department' });
});

function mergeInto(into: string | undefined) {
  const papers = { phase: 'merged', documentNumber: '沪浦城管〔2025〕3号', into: [into] };
  return command(supervisor, '离线', 'changePhase', papers);
}

test('a task is merged into another that still runs, never into itself or nowhere', async () => {
  const itself = await mergeInto(ids.get('离线'));
  expect([itself.statusCode, itself.json()]).toMatchObject([422, { code: 'merged-into-itself', field: 'into' }]);
  const nowhere = await mergeInto('task-none');
  expect([nowhere.statusCode, nowhere.json()]).toMatchObject([422, { code: 'unknown-task', field: 'into' }]);
});

test('a change of departments repeats no words of theirs in the timeline', async () => {
  await command(coordinator, '重复', 'claim', { department: 'dep-a' });
  const said = { department: 'dep-a', text: '分三步走', measures: 3, milestones: [] };
  expect((await command(coordinator, '重复', 'breakDown', said)).statusCode).toBe(200);
  const changed = await command(supervisor, '重复', 'changeDepartments', {
    responsibilities: [{ department: 'dep-a', part: 'lead' }],
    documentNumber: '沪浦城管〔2025〕4号',
  });
  expect(changed.json()).toMatchObject({ events: ['DepartmentsChanged'] });
  const { items } = (await coordinator.get(`/api/tasks/${ids.get('重复')}/timeline?limit=2`)).json();
  expect(items).toMatchObject([
    { type: 'DepartmentsChanged', details: [] },
    { type: 'TaskBrokenDown', details: ['分三步走'] },
  ]);
});

test('the director’s office enters a paper decision with its scan, and the page shows who decided', async () => {
  await command(coordinator, '代录', 'claim', { department: 'dep-a' });
  const asked = await command(coordinator, '代录', 'requestExtension', {
    department: 'dep-a',
    period: 'once',
    to: '2099-12-31',
    text: '需要更多时间',
  });
  expect(asked.statusCode).toBe(200);
  await rig.pool.query(
    "insert into files (id, name, media_type, size, sha256, by, created_at) values ('file-scan', '批示.pdf', 'application/pdf', 1, 'x', 'user-x', 0)",
  );
  const decide = { department: 'dep-a', period: 'once', outcome: 'approved' };
  const bare = await command(office, '代录', 'decideExtension', decide);
  expect(bare.json()).toMatchObject({ code: 'paper-required' });
  const paper = { decidedBy: '分管局领导', decidedOn: '2025-02-01', file: 'file-scan' };
  const entered = await command(office, '代录', 'decideExtension', { ...decide, paper });
  expect(entered.json()).toMatchObject({ events: ['ExtensionDecided'] });
  const { rows } = await rig.pool.query<{ data: { by: string; paper: unknown } }>(
    "select data from ledger where entity_id = $1 and type = 'ExtensionDecided'",
    [ids.get('代录')],
  );
  expect(rows[0]?.data).toMatchObject({ paper });
  const [latest] = (await office.get(`/api/tasks/${ids.get('代录')}/timeline?limit=1`)).json().items;
  expect(latest).toMatchObject({
    paper: { decidedBy: '分管局领导', decidedOn: '2025-02-01' },
    files: [{ id: 'file-scan', name: '批示.pdf' }],
  });
  const page = (await office.get(`/api/tasks/${ids.get('代录')}`)).json();
  expect(page.periods[0]).toMatchObject({ due: '2099-12-31', originalDue: '2099-06-30' });
});

test.each([
  ['no body', undefined, 400, 'validation-failed'],
  ['an unknown field', { department: 'dep-a', extra: 1 }, 400, 'validation-failed'],
  ['blank text', { department: 'dep-a', status: 'normal', text: '  \n' }, 400, 'validation-failed'],
  [
    'text beyond the limit',
    { department: 'dep-a', status: 'normal', text: '长'.repeat(5001) },
    400,
    'validation-failed',
  ],
  ['a NUL in the text', { department: 'dep-a', status: 'normal', text: 'a\u0000b' }, 200, undefined],
])('a report with %s', async (_what, body, status, code) => {
  const answer = await coordinator.send('POST', `/api/tasks/${ids.get('延期')}/commands/reportProgress`, body);
  expect(answer.statusCode).toBe(status);
  expect(answer.json().code).toBe(code);
});

test('an unknown task is 404, an unknown command too', async () => {
  const task = await coordinator.send('POST', '/api/tasks/task-none/commands/claim', { department: 'dep-a' });
  expect([task.statusCode, task.json().code]).toEqual([404, 'not-found']);
  const name = await coordinator.send('POST', `/api/tasks/${ids.get('延期')}/commands/destroy`, {});
  expect([name.statusCode, name.json().code]).toEqual([404, 'unknown-command']);
  const system = await coordinator.send('POST', `/api/tasks/${ids.get('延期')}/commands/reviseCalendar`, {});
  expect(system.statusCode).toBe(404);
});

test('while nobody serves the workflow the outcome is unknown, and the words wait for it', async () => {
  const { commandTimeoutMs } = rig.deps.config;
  rig.deps.config.commandTimeoutMs = 500;
  await rig.stopWorker();
  const before = await texts();
  const body = { department: 'dep-a', status: 'normal', text: '等待确认' };
  const answer = await command(coordinator, '离线', 'reportProgress', body, 'waits');
  expect(answer.statusCode).toBe(503);
  expect(answer.json().code).toBe('outcome-unknown');
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(await texts()).toBe(before + 1);
  // A day later the ledger still does not know the command: only then do its words go.
  expect(await sweepTexts(rig.pool, Date.now() - 60_000)).toBe(0);
  expect(await sweepTexts(rig.pool, Date.now() + 1)).toBe(1);
  rig.deps.config.commandTimeoutMs = commandTimeoutMs;
});
