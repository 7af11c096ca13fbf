import { createHash } from 'node:crypto';
import { drizzle } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedCalendars } from '../../db/calendars.ts';
import { importDraft } from '../../db/plans/import-draft.ts';
import { publishRevision } from '../../db/plans/publish-revision.ts';
import { publishPlan } from '../../db/plans/publish.ts';
import { publishCalendarYear } from '../../db/plans/revise-calendar.ts';
import { withdrawPlan } from '../../db/plans/withdraw.ts';
import { inTransaction } from '../../db/pool.ts';
import type { PlanTask } from '../../domain/plan-text/plan-reading.ts';
import { datesFromTo } from '../../domain/working-time/civil-date.ts';
import { REVISE_SIGNAL } from '../../workflows/messages.ts';
import { startRig, until, type EntityRig } from '../workflows/entity-rig.ts';
import { readTask, smallReading } from './plan-readings.ts';

// The last link: what a person decides about a whole plan reaches the running workflows, through the outbox.

let rig: EntityRig;
beforeAll(async () => {
  rig = await startRig();
  await seedCalendars(drizzle(rig.pool));
});
afterAll(() => rig.stop());

const TASKS: PlanTask[] = [
  readTask('修订裁量基准并向社会公布。', ['政策法规处'], { raw: '2027年3月', kind: 'date', date: '2027-03-31' }),
  readTask('建立年度考核制度。', ['组织人事处'], { raw: '已建立', kind: 'declared-done' }),
  readTask('开展沿街商户普法宣传。', ['综合协调处'], { raw: '2027年9月', kind: 'date', date: '2027-09-30' }),
  readTask('整理历年执法案卷目录。', ['案件管理中心'], { raw: '2027年6月', kind: 'date', date: '2027-06-30' }),
];

function reading(tasks: PlanTask[]) {
  return smallReading({
    issuedOn: '2026-11-02',
    horizon: { from: '2026-01-01', to: '2027-12-31' },
    evaluations: [{ kind: 'final', dueOn: '2027-12-31' }],
    tasks,
    problems: [],
  });
}

function handIn(name: string, tasks: PlanTask[]) {
  const sourceSha256 = createHash('sha256').update(name).digest('hex');
  return inTransaction(rig.pool, (client) =>
    importDraft(drizzle(client), {
      reading: reading(tasks),
      sourceSha256,
      filename: `${name}.txt`,
      text: name,
      by: 'user-1',
      now: Date.now(),
    }),
  );
}

async function taskOf(text: string): Promise<string> {
  const { rows } = await rig.pool.query<{ task_id: string }>('select task_id from task_texts where text = $1', [text]);
  return rows[0]?.task_id ?? '';
}

async function dataOf(entity: string, type: string): Promise<Record<string, unknown>[]> {
  const { rows } = await rig.pool.query<{ data: Record<string, unknown> }>(
    'select data from ledger where entity_id = $1 and type = $2 order by seq',
    [entity, type],
  );
  return rows.map((row) => row.data);
}

/** The first event of a type, once the workflow has recorded it. */
function recorded(entity: string, type: string): Promise<Record<string, unknown>> {
  return until(async () => (await dataOf(entity, type))[0]);
}

test('a year’s notice, a revision and a withdrawal reach the running tasks', async () => {
  const { planId } = await handIn('plan', TASKS);
  const goLive = '2026-12-20';
  const decided = { confirmAssumptions: true, by: 'user-1', now: Date.now() };
  await inTransaction(rig.pool, (client) => publishPlan(client, { planId, goLive, ...decided }));
  const [revised, declared, dropped, merged] = await Promise.all(TASKS.map((task) => taskOf(task.text)));
  await until(async () => {
    const { rows } = await rig.pool.query('select count(*)::int as n from outbox where done_at is null');
    return rows[0].n === 0 || undefined;
  });
  for (const task of [revised, declared, dropped, merged])
    expect((await rig.client.workflow.getHandle(task ?? '').describe()).status.name).toBe('RUNNING');

  // Twenty working days from 20 December end in January 2027: provisional, and a day later once the 4th is off, too.
  const due = 'select due::text, provisional from task_periods where task_id = $1';
  expect((await rig.pool.query(due, [declared])).rows).toEqual([{ due: '2027-01-18', provisional: true }]);
  const entered = {
    year: 2027,
    off: [
      ...datesFromTo('2027-01-01', '2027-01-04'),
      ...datesFromTo('2027-02-05', '2027-02-08'),
      '2027-04-05',
      ...datesFromTo('2027-05-01', '2027-05-02'),
      '2027-06-09',
      '2027-09-15',
      ...datesFromTo('2027-10-01', '2027-10-03'),
    ],
    working: [],
    source: '测试用的放假安排',
  };
  await inTransaction(rig.pool, (client) =>
    publishCalendarYear(client, entered, { expectedVersion: 0, signal: REVISE_SIGNAL, by: 'user-1', now: Date.now() }),
  );
  expect(await recorded(declared ?? '', 'CalendarRevised')).toMatchObject({
    reason: '录入2027年放假安排：测试用的放假安排',
  });
  expect((await rig.pool.query(due, [declared])).rows).toEqual([{ due: '2027-01-19', provisional: false }]);
  // A civil date stays.
  await recorded(revised ?? '', 'CalendarRevised');
  expect((await rig.pool.query(due, [revised])).rows).toEqual([{ due: '2027-03-31', provisional: false }]);

  const after = [
    { ...TASKS[0]!, deadline: { ...TASKS[0]!.deadline, raw: '2027年5月', date: '2027-05-31' } },
    { ...TASKS[1]!, departments: ['组织人事处', '督察大队'], support: ['督察大队'] },
    { ...TASKS[3]!, text: `${TASKS[3]!.text}编制执法案卷电子目录并按年度更新。` },
    readTask('新增的数据治理任务。', ['信息指挥中心'], { raw: '2027年8月', kind: 'date', date: '2027-08-31' }),
  ];
  const revision = await handIn('revision', after);
  const applied = await inTransaction(rig.pool, (client) =>
    publishRevision(client, {
      planId: revision.planId,
      revisesId: planId,
      documentNumber: '示执〔2026〕30号',
      goLive,
      signal: REVISE_SIGNAL,
      ...decided,
    }),
  );
  expect(applied).toMatchObject({ runningPlanId: planId, continued: 3, added: 1, dropped: 1, merged: 0 });
  const paper = { documentNumber: '示执〔2026〕30号' };
  expect(await recorded(revised ?? '', 'DeadlineAdjusted')).toMatchObject({
    ...paper,
    from: '2027-03-31',
    to: '2027-05-31',
  });
  expect(await recorded(declared ?? '', 'DepartmentsChanged')).toMatchObject(paper);
  expect(await recorded(dropped ?? '', 'TaskPhaseChanged')).toMatchObject({ ...paper, phase: 'stopped' });
  expect(await recorded(merged ?? '', 'TextRevised')).toMatchObject({ ...paper, revision: revision.planId });
  expect(await taskOf('新增的数据治理任务。')).toMatch(/^task-/);
  const { rows: sheets } = await rig.pool.query(
    "select count(*)::int as n from entities where kind = 'sheet' and plan_id = $1",
    [planId],
  );
  // Four from the start, one of the new task, one of the department that joined a continued one.
  expect(sheets).toEqual([{ n: 6 }]);

  await inTransaction(rig.pool, (client) =>
    withdrawPlan(client, {
      planId,
      ground: '发布有误',
      documentNumber: null,
      signal: REVISE_SIGNAL,
      by: 'user-1',
      now: Date.now(),
    }),
  );
  expect(await recorded(revised ?? '', 'TaskPhaseChanged')).toMatchObject({ phase: 'withdrawn' });
  // What the revision stopped stays stopped.
  expect(await dataOf(dropped ?? '', 'TaskPhaseChanged')).toMatchObject([{ phase: 'stopped' }]);
});
