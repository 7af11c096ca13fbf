import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedCalendars } from '../../db/calendars.ts';
import { BUREAU } from '../../domain/decider.ts';
import { DEFAULT_POLICY } from '../../domain/policy/default-policy.ts';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';

let rig: ApiRig;
let administrator: Person;
beforeAll(async () => {
  rig = await startApi();
  await seedCalendars(rig.deps.db);
  administrator = await rig.signIn({ department: BUREAU, role: 'administrator' });
});
afterAll(() => rig.close());

const URL_TASK = '/api/policies/task';

test('the shipped policy is there with its source, and passes its own schema', async () => {
  const { versions } = (await administrator.get(URL_TASK)).json();
  expect(versions).toMatchObject([{ version: DEFAULT_POLICY.version, enteredBy: null, policy: DEFAULT_POLICY }]);
});

test('a new version holds for tasks opened after it; its name is taken for good', async () => {
  rig.clock.at += 1000;
  const policy = { ...DEFAULT_POLICY, version: '2025-1', source: '局长办公会纪要', claimWithinWorkingDays: 3 };
  expect((await administrator.send('POST', URL_TASK, policy)).statusCode).toBe(201);
  expect((await administrator.send('POST', URL_TASK, policy)).statusCode).toBe(201);
  const other = await administrator.send('POST', URL_TASK, { ...policy, claimWithinWorkingDays: 9 });
  expect([other.statusCode, other.json().code]).toEqual([409, 'version-taken']);
  const { versions } = (await administrator.get(URL_TASK)).json();
  expect(versions.map((each: { version: string }) => each.version)).toEqual(['2025-1', DEFAULT_POLICY.version]);

  await rig.pool.query(
    "insert into departments (id, name, kind, created_at) values ('d-1', '督察大队', 'department', 0)",
  );
  const office = await rig.signIn({ department: BUREAU, role: 'supervising-office' });
  const added = await office.send('POST', '/api/tasks', {
    text: '核查。',
    departments: ['d-1'],
    deadline: '2025年12月底前',
    basis: '会议纪要',
  });
  const { rows } = await rig.pool.query("select state #>> '{policy,version}' as version from entities where id = $1", [
    added.json().id,
  ]);
  expect(rows).toEqual([{ version: '2025-1' }]);
});

test.each([
  ['a sheet due before it is asked for', { sheet: { ...DEFAULT_POLICY.sheet, askFromDay: 26 } }, 422],
  ['the same rung twice', { ladder: [...DEFAULT_POLICY.ladder, DEFAULT_POLICY.ladder[0]] }, 422],
  ['an unknown field', { surprise: 1 }, 400],
  ['a time that is none', { reminderTime: '25:00' }, 400],
])('%s is refused', async (_name, change, status) => {
  const response = await administrator.send('POST', URL_TASK, { ...DEFAULT_POLICY, version: 'x', ...change });
  expect(response.statusCode).toBe(status);
});

test('only an administrator enters a policy', async () => {
  const other = await rig.signIn({ department: BUREAU, role: 'director' });
  expect((await other.send('POST', URL_TASK, DEFAULT_POLICY)).statusCode).toBe(403);
});
