import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { BUREAU, type Json, type NoticeKind, type Post } from '../../domain/decider.ts';
import { parseInstant } from '../../domain/working-time/instants.ts';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';
import { seedTasks } from './rig/seed-tasks.ts';

let rig: ApiRig;
let coordinator: Person;
let colleague: Person;
let office: Person;
let task: string;
let plan: string;

beforeAll(async () => {
  rig = await startApi();
  coordinator = await rig.signIn({ department: 'dep-a', role: 'coordinator' });
  colleague = await rig.signIn({ department: 'dep-a', role: 'coordinator' });
  office = await rig.signIn({ department: BUREAU, role: 'supervising-office' });
  const seeded = await seedTasks(rig, [
    { text: '建立健全违法建筑巡查机制', departments: ['dep-a'], due: '2025-06-30' },
  ]);
  task = seeded.tasks[0] ?? '';
  plan = seeded.plan;
  await rig.pool.query('delete from notifications');
});
afterAll(() => rig.close());

async function notify(to: Post, kind: NoticeKind, data: Json, at: string, dueAt = at): Promise<string> {
  const id = newId('notice');
  await rig.pool.query(
    `insert into notifications (id, key, to_department, to_role, kind, data, due_at, at, entity_id)
     values ($1, $1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, to.department, to.role, kind, JSON.stringify(data), parseInstant(dueAt), parseInstant(at), task],
  );
  return id;
}

async function inbox(
  person: Person,
  query = '',
): Promise<{ id: string; title: string; unattended: boolean; readAt: string | null }[]> {
  const answer = await person.get(`/api/inbox?${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json().items;
}

test('notices reach those who hold the post, newest first, in Chinese, and are read by each person alone', async () => {
  const to: Post = { department: 'dep-a', role: 'coordinator' };
  const rung = {
    item: 'period/once',
    rung: 'before-30',
    deadline: '2025-06-30',
    dueAt: parseInstant('2025-05-30T09:00:00+08:00'),
  };
  const first = await notify(to, 'reminder', { task, rungs: [rung] }, '2025-05-30T09:00:00+08:00');
  const sheet = { sheet: 'sheet-1', plan, event: 'SheetRequested', month: '2025-06', dueOn: '2025-06-25', owed: 3 };
  const second = await notify(to, 'sheet-request', sheet, '2025-06-20T09:00:00+08:00');
  const items = await inbox(coordinator);
  expect(items.map((item) => item.id)).toEqual([second, first]);
  expect(items.map((item) => item.title)).toEqual([
    '请填报2025年6月月报（3项任务，2025年6月25日前报送）：测试行动计划',
    '办理期限将于2025年6月30日届满（提前30天提醒）：建立健全违法建筑巡查机制',
  ]);
  expect(await inbox(office)).toEqual([]);
  expect(await inbox(coordinator, 'kind=reminder')).toHaveLength(1);

  expect((await coordinator.get('/api/inbox/count')).json()).toEqual({ unread: 2 });
  const read = await coordinator.send('POST', '/api/inbox/read', { ids: [first] });
  expect(read.json()).toEqual({ marked: 1, unread: 1 });
  expect(await inbox(coordinator, 'unread=true')).toHaveLength(1);
  expect((await colleague.get('/api/inbox/count')).json()).toEqual({ unread: 2 });
  expect((await coordinator.send('POST', '/api/inbox/read', { all: true })).json()).toEqual({ marked: 1, unread: 0 });
});

test('nobody marks what they may not read', async () => {
  const id = await notify(
    { department: 'dep-a', role: 'coordinator' },
    'decision',
    { task, event: 'CompletionVerified', period: 'once' },
    '2025-06-21T09:00:00+08:00',
  );
  const answer = await office.send('POST', '/api/inbox/read', { ids: [id, 'notice-none'] });
  expect(answer.json()).toEqual({ marked: 0, unread: 0 });
});

test('what is addressed to a post that nobody holds comes to the supervising office, marked so', async () => {
  const id = await notify(
    { department: 'dep-a', role: 'head' },
    'escalation',
    { task, event: 'unknown' },
    '2025-07-01T09:00:00+08:00',
  );
  expect(await inbox(office)).toMatchObject([{ id, unattended: true }]);
  const head = await rig.signIn({ department: 'dep-a', role: 'head' });
  expect(await inbox(office)).toEqual([]);
  expect(await inbox(head)).toMatchObject([{ id, unattended: false }]);
});

test('a notice that was held up says when it was due', async () => {
  const person = await rig.signIn({ department: 'dep-late', role: 'coordinator' });
  const due = '2025-06-23T09:00:00+08:00';
  const rung = { item: 'period/once', rung: 'before-7', deadline: '2025-06-30', dueAt: parseInstant(due) };
  await notify(
    { department: 'dep-late', role: 'coordinator' },
    'reminder',
    { task, rungs: [rung] },
    '2025-06-25T12:00:00+08:00',
    due,
  );
  const answer = await person.get('/api/inbox');
  expect(answer.json().items[0].body).toContain('（本应于2025年6月23日 09:00提醒）');
});

test('pages follow one another without gap or repetition, and a made-up cursor is refused', async () => {
  const person = await rig.signIn({ department: 'dep-many', role: 'coordinator' });
  for (let index = 0; index < 7; index += 1) {
    // Three of them at one instant.
    const at = `2025-08-01T09:00:0${Math.floor(index / 3)}+08:00`;
    await notify({ department: 'dep-many', role: 'coordinator' }, 'assignment', { task, event: 'TaskAssigned' }, at);
  }
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const answer = await person.get(`/api/inbox?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
    seen.push(...answer.json().items.map((item: { id: string }) => item.id));
    cursor = answer.json().nextCursor;
  }
  expect(seen).toHaveLength(7);
  expect(new Set(seen).size).toBe(7);
  expect((await person.get('/api/inbox?cursor=abc')).json().code).toBe('invalid-cursor');
});
