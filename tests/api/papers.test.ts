import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedCalendars } from '../../db/calendars.ts';
import { createLedger } from '../../db/ledger.ts';
import { saveText } from '../../db/texts.ts';
import type { Fact } from '../../domain/decider.ts';
import { parseInstant } from '../../domain/working-time/instants.ts';
import { docxParts } from '../documents/write/docx-parts.ts';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';
import { seedTasks } from './rig/seed-tasks.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

let rig: ApiRig;
let person: Person;
let plan: string;
let tasks: string[];

beforeAll(async () => {
  rig = await startApi();
  await seedCalendars(rig.deps.db);
  person = await rig.signIn({ department: 'dep-a', role: 'coordinator' });
  ({ plan, tasks } = await seedTasks(rig, [
    { text: '建立健全违法建筑巡查机制', departments: ['dep-a', 'dep-b'], due: '2025-06-30' },
    { text: '长期坚持案卷评查', departments: ['dep-b', 'dep-a'], due: null },
    { text: '推进非现场执法', departments: ['dep-c'], due: '2025-12-31' },
  ]));
});
afterAll(() => rig.close());

async function paper(url: string): Promise<{ text: string; name: string }> {
  const response = await person.get(url);
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toBe(DOCX);
  const { paragraphs } = await docxParts(response.rawPayload);
  const name = /filename\*=UTF-8''(.+)$/.exec(String(response.headers['content-disposition']))?.[1] ?? '';
  return { text: paragraphs.map((each) => each.text).join('\n'), name: decodeURIComponent(name) };
}

/** Facts as a workflow would record them, at a moment. */
async function record(task: string, iso: string, ...facts: Fact[]): Promise<void> {
  const { rows } = await rig.pool.query<{ seq: number }>('select seq from entities where id = $1', [task]);
  const expectedSeq = rows[0]?.seq ?? 0;
  await createLedger({ pool: rig.pool }).record({
    entity: { kind: 'task', id: task },
    expectedSeq,
    commandId: `test-${expectedSeq}`,
    now: parseInstant(iso),
    by: 'user-test',
    facts,
    request: null,
    stateHash: null,
  });
}

function words(text: string): Promise<string> {
  return saveText(rig.pool, rig.app.vault, { text, by: 'user-test', now: 0 });
}

test('each department gets one handover with all its tasks and only those', async () => {
  const { text, name } = await paper(`/api/plans/${plan}/papers/handover/dep-a.docx`);
  expect(name).toBe('任务交办单-部门dep-a.docx');
  expect(text).toContain('《测试行动计划》');
  expect(text).toContain('承担的2项任务（牵头1项，配合1项）');
  expect(text).toMatch(/一1\n建立健全违法建筑巡查机制\n牵头\n（其他：部门dep-b）\n2025年6月30日/);
  expect(text).toMatch(/一2\n长期坚持案卷评查\n配合\n（其他：部门dep-b）\n长期坚持，按月报告/);
  expect(text).not.toContain('推进非现场执法');
  expect(text).toContain('综合协调处\n2025年1月6日');
});

test('a department without tasks, a draft and an unknown plan have no handover', async () => {
  expect((await person.get(`/api/plans/${plan}/papers/handover/dep-x.docx`)).statusCode).toBe(404);
  expect((await person.get('/api/plans/plan-none/papers/handover/dep-a.docx')).statusCode).toBe(404);
  await rig.pool.query("update plans set status = 'draft' where id = $1", [plan]);
  expect((await person.get(`/api/plans/${plan}/papers/handover/dep-a.docx`)).statusCode).toBe(404);
  await rig.pool.query("update plans set status = 'published' where id = $1", [plan]);
});

test('an order prints as a draft, signed, and with its reply in the form', async () => {
  const task = tasks[0] ?? '';
  const url = `/api/tasks/${task}/papers/order/order-1.docx`;
  expect((await person.get(url)).statusCode).toBe(404);
  await record(task, '2025-07-01T10:00:00+08:00', {
    type: 'ProgressReported',
    data: { department: 'dep-a', status: 'risk', text: await words('人手不足，进展缓慢。'), indicators: [] },
  });
  await record(task, '2025-07-09T09:00:00+08:00', {
    type: 'SupervisionOrderDrafted',
    data: { order: 'order-1', period: 'once' },
  });
  rig.clock.at = parseInstant('2025-07-10T10:00:00+08:00');
  const draft = await paper(url);
  expect(draft.name).toBe('督办通知书-部门dep-a.docx');
  expect(draft.text).toContain('完成时限为2025年6月30日，已逾期10天，尚未办结。');
  expect(draft.text).toContain('最近一次报告的情况：人手不足，进展缓慢。');

  const reply = { from: '2025-07-11', workingDays: 5, on: '2025-07-18', provisional: false };
  await record(task, '2025-07-11T10:00:00+08:00', {
    type: 'SupervisionOrderSigned',
    data: { order: 'order-1', reply, by: 'user-deputy', paper: null },
  });
  await record(task, '2025-07-15T10:00:00+08:00', {
    type: 'SupervisionOrderReplied',
    data: { order: 'order-1', department: 'dep-a', text: await words('已增派人手，七月底完成。') },
  });
  rig.clock.at = parseInstant('2025-12-01T10:00:00+08:00');
  const answered = await paper(url);
  expect(answered.text).toContain('已逾期11天');
  expect(answered.text).toContain('请于2025年7月18日前书面回复');
  expect(answered.text).toContain('已增派人手，七月底完成。');
  expect(answered.text).toContain('2025年7月15日');
});

test('the extension form follows its request from blank to decided', async () => {
  const task = tasks[2] ?? '';
  const url = `/api/tasks/${task}/papers/extension/once.docx`;
  expect((await paper(url)).text).toContain('2025年12月31日');
  const decide = { from: '2025-12-01', workingDays: 3, on: '2025-12-04', provisional: false };
  await record(task, '2025-12-01T10:00:00+08:00', {
    type: 'ExtensionRequested',
    data: {
      department: 'dep-c',
      period: 'once',
      to: '2026-03-31',
      text: await words('设备尚未到货。'),
      level: 'deputy',
      decide,
    },
  });
  const asked = await paper(url);
  expect(asked.name).toBe('延期申请表-部门dep-c.docx');
  expect(asked.text).toContain('设备尚未到货。');
  expect(asked.text).toContain('2026年3月31日');
  expect(asked.text).not.toContain('同意延期');
  await record(task, '2025-12-03T10:00:00+08:00', {
    type: 'ExtensionDecided',
    data: {
      department: 'dep-c',
      period: 'once',
      outcome: 'approved',
      from: '2025-12-31',
      to: '2026-03-31',
      level: 'deputy',
      minutes: null,
      by: 'user-deputy',
      paper: null,
    },
  });
  const decided = await paper(url);
  expect(decided.text).toContain('同意延期');
  expect(decided.text).toContain('完成时限\n2025年12月31日\n');
  expect(decided.text).toContain('此前延期\n无');
});

test('papers are for people who are signed in, of periods and tasks that exist', async () => {
  const anonymous = await rig.app.inject({ url: `/api/plans/${plan}/papers/handover/dep-a.docx` });
  expect(anonymous.statusCode).toBe(401);
  expect((await person.get(`/api/tasks/${tasks[0]}/papers/extension/2031.docx`)).statusCode).toBe(404);
  expect((await person.get('/api/tasks/task-none/papers/extension/once.docx')).statusCode).toBe(404);
});

test('the description of the API names the papers and their type', async () => {
  const { paths } = (await rig.app.inject({ url: '/openapi.json' })).json();
  const handover = paths['/api/plans/{id}/papers/handover/{department}.docx'];
  expect(Object.keys(handover.get.responses['200'].content)).toEqual([DOCX]);
});
