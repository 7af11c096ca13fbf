import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';
import { seedTasks } from './rig/seed-tasks.ts';

let rig: ApiRig;
let person: Person;
let plan: string;
let ids: string[];

beforeAll(async () => {
  rig = await startApi();
  person = await rig.signIn({ department: 'dep-a', role: 'coordinator' });
  const seeded = await seedTasks(rig, [
    { text: '建立健全违法建筑巡查机制', departments: ['dep-a', 'dep-b'], due: '2025-06-30' },
    { text: '开展执法培训，每人每年不少于60学时', departments: ['dep-b'], due: '2025-10-31' },
    { text: '长期坚持案卷评查', departments: ['dep-c'], due: null },
    { text: '完成100%_达标的检查指引', departments: ['dep-a'], due: '2025-06-30', via: 'dep-group' },
    { text: '推进非现场执法', departments: ['dep-c', 'dep-a'], due: '2026-12-31' },
  ]);
  plan = seeded.plan;
  ids = seeded.tasks;
});
afterAll(() => rig.close());

async function list(query: string): Promise<string[]> {
  const response = await person.get(`/api/tasks?${query}`);
  expect(response.statusCode).toBe(200);
  return (response.json() as { items: { id: string }[] }).items.map((item) => item.id);
}

function at(...indices: number[]): (string | undefined)[] {
  return indices.map((index) => ids[index]);
}

test('the list comes in the order of the plan, with words, departments and dates', async () => {
  const response = await person.get('/api/tasks');
  const body = response.json();
  expect(Object.keys(body).sort()).toEqual(['items', 'nextCursor']);
  expect(body.nextCursor).toBeNull();
  expect(body.items.map((item: { id: string }) => item.id)).toEqual(ids);
  expect(body.items[0]).toMatchObject({
    plan: { id: plan, title: '测试行动计划' },
    path: ['一', '1'],
    text: '建立健全违法建筑巡查机制',
    deadline: { kind: 'date', due: '2025-06-30', originalDue: '2025-06-30', provisional: false },
    departments: [
      { id: 'dep-a', name: '部门dep-a', part: 'lead', claimed: false },
      { id: 'dep-b', name: '部门dep-b', part: 'support', claimed: false },
    ],
    state: 'unclaimed',
    lateness: 'none',
  });
});

test('filters narrow by plan, department, group, state, dates and words', async () => {
  expect(await list('plan=plan-none')).toEqual([]);
  expect(await list(`plan=${plan}`)).toEqual(ids);
  expect(await list('department=dep-a')).toEqual(at(0, 3, 4));
  expect(await list('department=dep-group')).toEqual(at(3));
  expect(await list('state=unclaimed&state=closed')).toEqual(ids);
  expect(await list('state=closed')).toEqual([]);
  expect(await list('lateness=late')).toEqual([]);
  expect(await list('dueFrom=2025-07-01&dueTo=2025-12-31')).toEqual(at(1));
  expect(await list(`q=${encodeURIComponent('执法')}`)).toEqual(at(1, 4));
  expect(await list(`q=${encodeURIComponent('违')}`)).toEqual(at(0));
  expect(await list(`q=${encodeURIComponent('执法 培训')}`)).toEqual(at(1));
  expect(await list(`q=${encodeURIComponent('100%_达标')}`)).toEqual(at(3));
  expect(await list(`q=${encodeURIComponent('100%达')}`)).toEqual([]);
});

test('a task waits for claiming by the department that has not claimed, not by the one that has', async () => {
  expect(await list('unclaimedBy=dep-b')).toEqual(at(0, 1));
  await rig.pool.query(`update task_responsibilities set claimed_at = 1 where task_id = $1 and department = 'dep-b'`, [
    ids[0],
  ]);
  expect(await list('unclaimedBy=dep-b')).toEqual(at(1));
  expect(await list('unclaimedBy=dep-a')).toEqual(at(0, 3, 4));
  const { items } = (await person.get('/api/tasks')).json() as { items: { departments: { claimed: boolean }[] }[] };
  expect(items[0]?.departments.map(({ claimed }) => claimed)).toEqual([false, true]);
  await rig.pool.query(`update task_responsibilities set disputed_at = 1 where task_id = $1 and department = 'dep-b'`, [
    ids[1],
  ]);
  expect(await list('unclaimedBy=dep-b')).toEqual([]);
});

const change = (sql: string, index: number) => rig.pool.query(sql, [ids[index]]);

test('what waits for a decision is found by its kind, an extension by the post that decides it too', async () => {
  for (const kind of ['dispute', 'extension', 'new-date', 'order']) expect(await list(`pending=${kind}`)).toEqual([]);
  await change('update tasks set disputed = 1 where id = $1', 0);
  await change('update tasks set extension_pending = true where id = $1', 1);
  await change(`update task_periods set extension_level = 'director' where task_id = $1`, 1);
  await change(`update task_periods set intake = 'declared-done' where task_id = $1`, 3);
  await change(
    `update entities set state = jsonb_set(state, '{periods,0,newDate}', '{"to":"2026-01-30"}') where id = $1`,
    3,
  );
  await change('update tasks set orders_open = 1 where id = $1', 4);
  expect(await list('pending=order')).toEqual([]);
  await change(
    `update entities set state = jsonb_set(state, '{orders}', '[{"signedAt":null,"closedAt":null}]') where id = $1`,
    4,
  );
  expect(await list('pending=dispute')).toEqual(at(0));
  expect(await list('pending=extension')).toEqual(at(1));
  expect(await list('pending=extension&level=director')).toEqual(at(1));
  expect(await list('pending=extension&level=deputy')).toEqual([]);
  expect(await list('pending=new-date')).toEqual(at(3));
  expect(await list('pending=order')).toEqual(at(4));
  expect(await list('pending=dispute&pending=order')).toEqual(at(0, 4));
  await change(`update entities set state = jsonb_set(state, '{orders,0,signedAt}', '1') where id = $1`, 4);
  expect(await list('pending=order')).toEqual([]);
});

test.each(['plan', 'due', '-due', 'updated', '-updated'])(
  'pages in order %s show every task once, in one order',
  async (sort) => {
    const whole = await list(`sort=${sort}`);
    expect([...whole].sort()).toEqual([...ids].sort());
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const response = await person.get(`/api/tasks?sort=${sort}&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
      const body = response.json() as { items: { id: string }[]; nextCursor: string | null };
      expect(body.items.length).toBeLessThanOrEqual(2);
      paged.push(...body.items.map((item) => item.id));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(whole);
  },
);

test('by due date, tasks without one come last in either order', async () => {
  expect((await list('sort=due')).at(-1)).toBe(ids[2]);
  expect((await list('sort=-due')).at(-1)).toBe(ids[2]);
  expect((await list('sort=-due'))[0]).toBe(ids[4]);
});

test('a made-up, changed or foreign cursor is refused', async () => {
  const genuine = (await person.get('/api/tasks?limit=1')).json().nextCursor as string;
  const changed = `${genuine.slice(0, -2)}${genuine.endsWith('AA') ? 'BB' : 'AA'}`;
  for (const cursor of ['x', '%00', encodeURIComponent("' or 1=1"), changed, 'A'.repeat(1999)]) {
    const response = await person.get(`/api/tasks?limit=1&cursor=${cursor}`);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'invalid-cursor', field: 'cursor' });
  }
  expect((await person.get(`/api/tasks?limit=1&sort=due&cursor=${genuine}`)).statusCode).toBe(400);
  expect((await person.get(`/api/tasks?limit=1&cursor=${genuine}`)).statusCode).toBe(200);
});

test.each([
  ['limit=0', 'limit', /下限为 1/],
  ['limit=201', 'limit', /上限为 200/],
  ['limit=many', 'limit', /类型不对，应为整数/],
  ['state=lost', 'state.0', /不是可用的值/],
  ['dueFrom=2025-13-01', 'dueFrom', /格式不对/],
  ['sort=name', 'sort', /plan、due/],
  ['departmnet=dep-a', 'departmnet', /不是可用的字段/],
])('%s is refused with the field and the reason in Chinese', async (query, field, reason) => {
  const response = await person.get(`/api/tasks?${query}`);
  expect(response.statusCode).toBe(400);
  expect(response.json()).toMatchObject({ code: 'validation-failed', field });
  expect(response.json().detail).toMatch(reason);
});

test('the list costs two statements: the session and the page', async () => {
  const statements: string[] = [];
  const original = rig.pool.query.bind(rig.pool);
  rig.pool.query = ((...args: Parameters<typeof original>) => {
    statements.push(typeof args[0] === 'string' ? args[0] : JSON.stringify(args[0]));
    return original(...args);
  }) as typeof rig.pool.query;
  try {
    expect(await list('limit=5&department=dep-a')).toHaveLength(3);
  } finally {
    rig.pool.query = original;
  }
  expect(statements).toHaveLength(2);
});
