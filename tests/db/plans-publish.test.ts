import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seedCalendars } from '../../db/calendars.ts';
import { inTransaction, openPool, type Pool } from '../../db/pool.ts';
import { chooseDepartment, confirmItems, editItem, mergeItem, removeItem } from '../../db/plans/edit-draft.ts';
import { importDraft } from '../../db/plans/import-draft.ts';
import { PlanRefused } from '../../db/plans/plan-refused.ts';
import { publishPlan } from '../../db/plans/publish.ts';
import { departments, groupMembers } from '../../db/schema/people.ts';
import { planItems, plans, taskTexts } from '../../db/schema/plans.ts';
import type { PlanReading } from '../../domain/plan-text/plan-reading.ts';
import { parseInstant } from '../../domain/working-time/instants.ts';
import { freshDatabase, type TestDatabase } from '../rig/database.ts';
import { smallReading } from './plan-readings.ts';

const AT_ISSUE = parseInstant('2024-06-04T08:00:00+08:00');

let database: TestDatabase;
let pool: Pool;
let db: NodePgDatabase;
let made = 0;

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url);
  db = drizzle(pool);
  await seedCalendars(db);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  await pool.query('truncate plans, entities, departments, outbox cascade');
});

function handIn(reading: PlanReading, file = `file ${(made += 1)}`) {
  const sourceSha256 = createHash('sha256').update(file).digest('hex');
  return inTransaction(pool, (client) =>
    importDraft(drizzle(client), {
      reading,
      sourceSha256,
      filename: 'plan.txt',
      text: '原文',
      by: 'user-1',
      now: AT_ISSUE,
    }),
  );
}

function publish(planId: string, goLive: string | null = '2024-06-04', now = AT_ISSUE, confirmAssumptions = true) {
  return inTransaction(pool, (client) =>
    publishPlan(client, { planId, goLive, confirmAssumptions, by: 'user-1', now }),
  );
}

async function column(sql: string, values: unknown[] = []): Promise<unknown[]> {
  return (await pool.query({ text: sql, values, rowMode: 'array' })).rows.map((row: unknown[]) => row[0]);
}

async function firstItem(planId: string) {
  const [item] = await db.select().from(planItems).where(eq(planItems.planId, planId)).orderBy(planItems.ordinal);
  return item!;
}

function change<T>(work: (tx: NodePgDatabase) => Promise<T>): Promise<T> {
  return inTransaction(pool, (client) => work(drizzle(client)));
}

describe('a draft becomes running tasks', () => {
  test('every task, each department’s sheets and both evaluations get event 1 and an order to start', async () => {
    const { planId } = await handIn(smallReading());
    const published = await publish(planId);
    expect(published).toEqual({ planId, goLive: '2024-06-04', tasks: 6, departments: 5, evaluations: 2 });
    expect(await column('select kind from entities order by kind')).toEqual([
      ...Array(2).fill('evaluation'),
      ...Array(5).fill('sheet'),
      ...Array(6).fill('task'),
    ]);
    expect(await column('select count(*)::int from ledger where seq = 1')).toEqual([13]);
    expect(await column("select count(distinct entity_id)::int from outbox where op = 'start'")).toEqual([13]);
    expect(await column('select plan_id from entities group by 1')).toEqual([planId]);
  });

  test('what was due before issue has no clock, a yearly task has one period a year', async () => {
    const { planId } = await handIn(smallReading());
    await publish(planId);
    const periods = await column(
      `select t.text || ' ' || p.period || ' ' || p.intake || ' ' || coalesce(p.due::text, '-') from task_periods p
       join task_texts t on t.task_id = p.task_id order by t.ordinal, p.ordinal`,
    );
    expect(periods).toEqual([
      '定期开展法治专题培训。 2024 timed 2024-12-31',
      '定期开展法治专题培训。 2025 timed 2025-12-31',
      '修订裁量基准。 once timed 2024-10-31',
      '完成全员轮训。 once before-issue 2024-03-31',
      '建立考核制度。 once declared-done 2024-07-03',
      '持续开展普法宣传。 once ongoing -',
      '开展案卷评查。 once timed 2025-06-30',
    ]);
  });

  test('names without a department become departments of the kind that the name says', async () => {
    const { planId } = await handIn(smallReading());
    await publish(planId);
    const kinds = await column(
      `select name || ' ' || kind from departments where id <> 'bureau' order by name collate "C"`,
    );
    expect(kinds).toEqual([
      '各处室 group',
      '应知应会专班 task-force',
      '政策法规处 department',
      '教育训练中心 department',
      '组织人事处 department',
    ]);
  });

  test('a group with members is responsible through each of them', async () => {
    await db.insert(departments).values(
      ['各处室', '人事处', '法规处'].map((name, index) => ({
        id: `d${index}`,
        name,
        kind: index === 0 ? ('group' as const) : ('department' as const),
        createdAt: AT_ISSUE,
        ordinal: index,
      })),
    );
    await db.insert(groupMembers).values([
      { groupId: 'd0', memberId: 'd1' },
      { groupId: 'd0', memberId: 'd2' },
    ]);
    const { planId } = await handIn(smallReading());
    await publish(planId);
    const [task] = await column('select task_id from task_texts where ordinal = 1');
    const parts = await column(
      `select d.name || ' ' || r.part || ' ' || coalesce(r.via, '-') from task_responsibilities r join departments d on d.id = r.department
       where r.task_id = $1 order by r.ordinal`,
      [task],
    );
    expect(parts).toEqual(['政策法规处 lead -', '人事处 support d0', '法规处 support d0']);
  });

  test('taken over today, no date of the past is timed', async () => {
    const { planId } = await handIn(smallReading());
    const today = parseInstant('2026-11-22T10:00:00+08:00');
    await publish(planId, null, today);
    expect(
      await column("select count(*)::int from task_periods where intake = 'timed' and due < '2026-11-22'"),
    ).toEqual([0]);
    expect(await column('select go_live from plans')).toEqual(['2026-11-22']);
    expect(await column("select count(*)::int from notifications where kind = 'reminder'")).toEqual([0]);
  });
});

describe('nothing is guessed in silence', () => {
  test('a plan with repaired dates, assumed leads and unknown departments is refused with the list', async () => {
    const { planId } = await handIn(smallReading());
    const refused = await publish(planId, null, AT_ISSUE, false).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PlanRefused);
    expect((refused as PlanRefused).status).toBe(409);
    const codes = (refused as PlanRefused).unresolved.map((problem) => problem.code);
    expect([...new Set(codes)].sort()).toEqual(['deadline-repaired', 'department-unknown', 'lead-assumed', 'repaired']);
    expect(await column('select count(*)::int from entities')).toEqual([0]);
    expect(await column('select status from plans')).toEqual(['draft']);
  });

  test('it goes live once a person has confirmed every item and said who every name is', async () => {
    const { planId } = await handIn(smallReading());
    await inTransaction(pool, async (client) => {
      const edit = { planId, by: 'user-1', now: AT_ISSUE };
      await confirmItems(drizzle(client), edit, null);
      for (const name of ['政策法规处', '各处室', '教育训练中心', '组织人事处', '应知应会专班'])
        await chooseDepartment(drizzle(client), edit, { name, departmentId: null, kind: 'department' });
    });
    expect((await publish(planId, '2024-06-04', AT_ISSUE, false)).tasks).toBe(6);
    expect(await column('select distinct kind from departments')).toEqual(['department']);
    expect(await column('select count(*)::int from task_texts where flags <> $1::jsonb', ['[]'])).toEqual([0]);
  });

  test('a plan accepted as it stands keeps its marks on the tasks', async () => {
    const { planId } = await handIn(smallReading());
    await publish(planId);
    const [row] = await db.select().from(taskTexts).where(eq(taskTexts.ordinal, 2));
    expect(row).toMatchObject({ flags: ['repaired', 'problem'], repaired: true, deadlineRaw: '202410月' });
  });

  test('a task that names nobody is given to a department that says so', async () => {
    const reading = smallReading();
    const nobody = { ...reading.tasks[1]!, departments: [], lead: [], support: [] };
    const { planId } = await handIn(smallReading({ tasks: [nobody] }));
    await publish(planId);
    expect(await column('select name from departments')).toEqual(['责任部门待明确']);
  });

  test('an empty plan cannot go live whoever confirms', async () => {
    const { planId } = await handIn(smallReading({ tasks: [] }));
    await expect(publish(planId)).rejects.toMatchObject({
      status: 409,
      unresolved: [{ code: 'no-task', blocking: true }],
    });
  });
});

describe('once and only once', () => {
  test('the same file twice is one plan, and the second is told', async () => {
    const first = await handIn(smallReading(), 'same');
    expect(first.created).toBe(true);
    expect(await handIn(smallReading(), 'same')).toEqual({ planId: first.planId, status: 'draft', created: false });
  });

  test('the same file from two people at once is one plan', async () => {
    const both = await Promise.all([handIn(smallReading(), 'at once'), handIn(smallReading(), 'at once')]);
    expect(new Set(both.map((each) => each.planId)).size).toBe(1);
    expect(both.map((each) => each.created).sort()).toEqual([false, true]);
    expect(await column('select count(*)::int from plan_items')).toEqual([6]);
  });

  test('two people who publish at once start every task once; the second is told', async () => {
    const { planId } = await handIn(smallReading());
    const both = await Promise.allSettled([publish(planId), publish(planId)]);
    const refused = both.filter((each) => each.status === 'rejected').map((each) => each.reason as PlanRefused);
    expect(refused.map((each) => each.code)).toEqual(['not-a-draft']);
    expect(await column("select count(*)::int from entities where kind = 'task'")).toEqual([6]);
  });

  test('a withdrawn plan may be handed in again', async () => {
    const first = await handIn(smallReading(), 'again');
    await db.update(plans).set({ status: 'withdrawn' }).where(eq(plans.id, first.planId));
    expect((await handIn(smallReading(), 'again')).created).toBe(true);
  });
});

describe('a person corrects the draft', () => {
  test('a corrected deadline is read by the rules of the plan, and the parsed one stays beside it', async () => {
    const { planId } = await handIn(smallReading());
    const item = await firstItem(planId);
    const edit = { planId, by: 'user-2', now: AT_ISSUE };
    const corrected = await change((tx) =>
      editItem(tx, edit, item.id, 1, { deadline: '2025年一季度', lead: ['各处室'] }),
    );
    expect(corrected.content.deadline).toMatchObject({ kind: 'date', date: '2025-03-31' });
    expect(corrected.content).toMatchObject({ lead: ['各处室'], leadBasis: 'stated', support: ['政策法规处'] });
    expect(corrected.parsed?.deadline.raw).toBe('每年');
    expect(corrected).toMatchObject({ version: 2, confirmedBy: 'user-2', flags: [] });
  });

  test('who saw an older version is refused', async () => {
    const { planId } = await handIn(smallReading());
    const item = await firstItem(planId);
    const edit = { planId, by: 'user-2', now: AT_ISSUE };
    const both = await Promise.allSettled([
      change((tx) => editItem(tx, edit, item.id, 1, { text: '甲的改法。' })),
      change((tx) => editItem(tx, edit, item.id, 1, { text: '乙的改法。' })),
    ]);
    const refused = both.filter((each) => each.status === 'rejected').map((each) => each.reason as PlanRefused);
    expect(refused.map((each) => [each.status, each.code])).toEqual([[409, 'stale']]);
    expect((await firstItem(planId)).version).toBe(2);
  });

  test('an unreadable deadline, a lead that is not named and a foreign item are refused', async () => {
    const { planId } = await handIn(smallReading());
    const item = await firstItem(planId);
    const edit = { planId, by: 'user-2', now: AT_ISSUE };
    const codes = [];
    for (const attempt of [{ deadline: '尽量吧' }, { lead: ['外单位'] }, { confirmedDeadlines: [0] }])
      codes.push(
        await change((tx) => editItem(tx, edit, item.id, 1, attempt)).catch((error: PlanRefused) => error.code),
      );
    codes.push(await change((tx) => editItem(tx, edit, 'item-x', 1, {})).catch((error: PlanRefused) => error.code));
    expect(codes).toEqual(['deadline-unreadable', 'lead-not-named', 'no-such-deadline', 'not-found']);
  });

  test('removed and merged items start nothing; a confirmed date of the sentence gets a clock', async () => {
    const { planId } = await handIn(smallReading());
    const items = await db.select().from(planItems).where(eq(planItems.planId, planId)).orderBy(planItems.ordinal);
    const edit = { planId, by: 'user-2', now: AT_ISSUE };
    await change((tx) => removeItem(tx, edit, items[0]!.id, 1, 'removed'));
    await change((tx) => mergeItem(tx, edit, items[1]!.id, 1, items[5]!.id));
    await change((tx) => editItem(tx, edit, items[5]!.id, 2, { confirmedDeadlines: [0] }));
    await publish(planId);
    expect(await column('select text from task_texts order by ordinal')).toEqual([
      '完成全员轮训。',
      '建立考核制度。',
      '持续开展普法宣传。',
      '开展案卷评查。修订裁量基准。',
    ]);
    const [subItem] = await column(
      "select e.state #>> '{subItems,0,due}' from entities e join task_texts t on t.task_id = e.id where t.text like '开展案卷评查%'",
    );
    expect(subItem).toBe('2024-12-31');
  });

  test('a published plan is not corrected any more', async () => {
    const { planId } = await handIn(smallReading());
    const item = await firstItem(planId);
    await publish(planId);
    const late = change((tx) => editItem(tx, { planId, by: 'user-2', now: AT_ISSUE }, item.id, 1, { text: '迟了。' }));
    await expect(late).rejects.toMatchObject({ status: 409, code: 'not-a-draft' });
  });
});
